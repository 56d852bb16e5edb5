"""The store: what a seed means, what a state exports to, and what outlives the process."""
