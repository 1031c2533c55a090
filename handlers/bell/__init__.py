"""What people are told beside the bell."""
