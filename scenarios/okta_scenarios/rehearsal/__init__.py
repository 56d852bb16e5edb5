"""Rehearsing a rollout: a plan is played, and everybody in it is told what becomes of them."""
