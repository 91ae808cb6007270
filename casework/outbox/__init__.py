"""What waits to be said, what was said and to whom: the queue of e-mails and the planned reminders.

What an e-mail says is in `letters`; sending it is in `delivery`.
"""
