"""`/_emulator/`: the pages that a person looks at. What they do is asked of the control plane."""
