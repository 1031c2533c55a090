"""The announcement website."""
