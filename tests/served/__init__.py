"""The emulator as a process: killed, crowded, and spoken to by people who mean no good."""
