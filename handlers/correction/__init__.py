"""更正公告: a correction of a call, and the call's next version (87号令 art. 27)."""
