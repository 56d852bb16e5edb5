"""Long runs of acts, beside a model so naive that it can be believed by reading."""
