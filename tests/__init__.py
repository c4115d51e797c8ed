"""Tests of Vigil; a package, so that `tests/telegram` never hides the library `telegram`."""
