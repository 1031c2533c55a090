"""Decision tables and requirements graphs (DMN 1.5) on FEEL."""
