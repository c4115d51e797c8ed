"""The operators' chat: what a person has to decide is told there once, with buttons that carry it out."""
