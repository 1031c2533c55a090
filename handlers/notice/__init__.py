"""Notices: what may be drafted, how it reads, how it is published."""
