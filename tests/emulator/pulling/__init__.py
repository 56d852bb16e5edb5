"""Reading a live workspace, which an emulator pretends to be."""
