"""Pages of experiments: what everybody reads, what is planned, and questions over several experiments."""
