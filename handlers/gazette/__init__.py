"""公告栏: what the public site shows of published notices."""
