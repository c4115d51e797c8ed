"""How it gets there: plan, lease, pace, send, settle, erase. The only retry policy lives here."""
