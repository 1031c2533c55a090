"""Experts for an evaluation: the application, the draw, the secret until the review time."""
