"""What people typed, checked: reads a form or a file, and says what is wrong with it in a sentence.

Nothing here knows a database, or decides what may be done.
"""
