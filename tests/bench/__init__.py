"""How fast it is, as ratios: what the emulator costs beside something bare that answers a constant of the same size.

Seconds say more about the machine than about the code. Both sides of a ratio are measured in one run, turn by turn
(A, B, B, A, …), and the ratio is the median of those of the turns; a busy machine hurts both sides alike. Nothing is
switched off for it: authentication, limiter (its quota raised), contract validation, rule trace and journal are on.
"""
