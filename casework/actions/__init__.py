"""Actions: planned with an owner and a date, owed until there is evidence, signed off, and re-checked.

A review’s stages are moved in `moves`.
"""

from casework.actions.lookup import action_of as action_of
from casework.actions.lookup import actions_of as actions_of
from casework.actions.lookup import record_of as record_of
from casework.actions.moving import move_action as move_action
from casework.actions.planning import record_planned_actions as record_planned_actions
from casework.actions.stages import record_rechecks as record_rechecks
from casework.actions.stages import sign_off_remaining as sign_off_remaining
