"""What people look at: one review, the overview, the timetable, the forecast, the diagrams, a calendar.

Nothing here changes anything.
"""
