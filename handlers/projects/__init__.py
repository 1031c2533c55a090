"""采购项目: a project across its procedures, for its unit and for regulators (seed 004)."""
