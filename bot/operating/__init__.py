"""What an operator does with a whole installation: look after it, copy it, bring it back, change its key.

Right of `app`, since it asks what the running bot asks; only `cli` imports it.
"""
