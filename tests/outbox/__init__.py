"""Tests of the outbox: real databases, a scripted transport at the edge."""
