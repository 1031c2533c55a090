"""Random draws that an outsider can check: any list, any groups, any number of parties."""
