"""Sending e-mails: claims, connections, tries, outages and their remedies, and the local mail server.

What a letter says is in `letters`; why one did not go is put into words in `dashboard.presenters`.
"""
