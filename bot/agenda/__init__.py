"""When: which dates of the calendar fall on which days, and what a chat hears on its own day."""
