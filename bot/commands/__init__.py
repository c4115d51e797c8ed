"""Request → reply, the same for every transport."""
