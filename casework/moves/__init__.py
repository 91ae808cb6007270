"""What moves a review: launch, complete a stage, hold, extend, convert, hand over, withdraw.

Each is one transaction with its journal entry; nothing is sent and nothing is drawn here.
"""
