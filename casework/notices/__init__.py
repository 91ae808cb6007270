"""Who hears of a deadline today: rounds over planned notices, right when made late, twice or in a burst."""

from casework.notices.beats import beat
from casework.notices.ladder import plan_ladders
from casework.notices.looking import Reminder, planned, reminders
from casework.notices.rounds import Reminded, escalate, remind

__all__ = ["Reminded", "Reminder", "beat", "escalate", "plan_ladders", "planned", "remind", "reminders"]
