"""Procurement intentions: the window of 30 to 90 days and who holds which."""
