"""What the world may reach: Telegram's webhook, later the pages for everyone. Nothing here tells what it is."""
