"""The procurement records: typed tables for what is searched, summed or constrained."""
