"""项目监督: what regulators may look through (seed 004, part six)."""
