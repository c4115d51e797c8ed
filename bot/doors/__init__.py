"""Where people and machines come in: thin skins over commands and outbox."""
