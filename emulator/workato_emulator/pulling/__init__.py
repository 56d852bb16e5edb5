"""A live workspace read through the Developer API, and written as a seed that starts the emulator with its people.

`tenant` asks, slowly and with GET only; `survey` knows what to ask; `seed` makes a seed of the answers.
"""
