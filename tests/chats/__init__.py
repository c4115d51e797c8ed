"""Tests of the chats: real databases."""
