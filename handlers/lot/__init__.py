"""Lots of projects that a trading centre handles."""
