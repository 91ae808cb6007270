"""The addresses of the pages, and what a form does that is sent there.

A form goes to one function of casework, in one transaction.
"""
