"""The emulator, asked over HTTP in this process and, where the tests say so, over a socket."""
