"""Tests of the room, over real HTTP and in a real browser."""
