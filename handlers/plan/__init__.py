"""Procurement plans."""
