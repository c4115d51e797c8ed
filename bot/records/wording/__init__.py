"""Reading a passage: its sentences, numbers, dates, names and countries, and whose words it is.

Pure, and below the rules of checking: nothing here knows what a record claims.
"""
