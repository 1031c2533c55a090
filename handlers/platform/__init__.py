"""The public resources trading centre: plans and experts are pushed to it."""
