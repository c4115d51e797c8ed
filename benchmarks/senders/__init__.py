"""Senders, each a process of its own that sends one post to many people and prints what that took."""
