"""`python -m bot` is `vigil`."""

from bot.cli import main

main()
