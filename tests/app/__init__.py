"""Tests of the whole bot, run as a process."""
