"""Migrations of the tables, each in its own words; run by `bot.database.migrate`."""
