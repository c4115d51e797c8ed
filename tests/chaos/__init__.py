"""Chaos: the real process against the real wire, killed, stopped and cut, with fixed seeds.

`make test` runs the short forms; `python -m tests.chaos` (`make chaos`) runs the long ones and prints a table.
"""
