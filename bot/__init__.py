"""Vigil: dated reminders about political prisoners, every sentence tied to a quote."""

__version__ = "0.1.0"
