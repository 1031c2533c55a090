"""The treasury, which pays."""
