"""Clients of outside systems: one way to send a signed message."""
