"""What the procedures do beyond moving tokens: plain functions, one handler per module."""
