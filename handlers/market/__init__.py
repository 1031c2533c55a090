"""What suppliers and agencies may look through: what is theirs, and nothing else."""
