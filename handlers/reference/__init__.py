"""Choices from the reference tables."""
