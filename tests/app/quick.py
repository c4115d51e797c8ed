"""`vigil` as it is, but that it ticks each second, for which no test has to wait: `python -m tests.app.quick run`."""

import bot.app.ticking
from bot.cli import main

TICK_S = 1

if __name__ == "__main__":
    bot.app.ticking.TICK_S = TICK_S
    main()
