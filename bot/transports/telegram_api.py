"""Where Telegram's Bot API stands, when no other server is set. Pure data."""

OFFICIAL_API = "https://api.telegram.org"
