"""HTTP plumbing that belongs to no resource."""
