"""`vigil` whose libraries log all that they can: `python -m tests.app.loud run`."""

import logging

import bot.app.logs
from bot.cli import main

_set_up_logs = bot.app.logs.set_up_logs


def _set_up_loud_logs() -> None:
    _set_up_logs()
    logging.getLogger().setLevel(logging.DEBUG)
    logging.Logger.setLevel = lambda *_: None  # type: ignore[method-assign]


if __name__ == "__main__":
    bot.app.logs.set_up_logs = _set_up_loud_logs
    main()
