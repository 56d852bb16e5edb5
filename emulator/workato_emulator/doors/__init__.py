"""The doors of the emulator: each speaks one dialect to one kind of caller. None imports another."""
