"""What every door shares: the pipeline of a request, the journal, faults and what is read of a body."""
