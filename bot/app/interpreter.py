"""How Python's interpreter is set while the bot runs."""

import gc
import sys

# The thread that writes to SQLite asks for the interpreter after each statement; by default the loop, while it has
# something to do, lets it wait for 5 ms each time, and every send waits for that writing.
_SWITCH_S = 0.0005


def tune() -> None:
    """To be called once everything that stays has been made: the collector need not look through it at every send."""
    gc.freeze()
    sys.setswitchinterval(_SWITCH_S)
