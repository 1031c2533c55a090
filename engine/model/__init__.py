"""Nouns: frozen dataclasses, states and their legal transitions; no I/O."""
