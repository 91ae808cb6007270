"""What a page says of what casework found, in words for people: why an e-mail was not sent, how a stage stands.

Nothing here asks the database for more than it is given, or changes anything.
"""
