"""Actions: planned with an owner and a date, owed until there is evidence, signed off, and looked at again.

A review’s stages are moved in `moves`.
"""

from casework.actions.lookup import action_of as action_of
from casework.actions.lookup import actions_of as actions_of
from casework.actions.lookup import record_of as record_of
from casework.actions.moving import move as move
from casework.actions.planning import planned as planned
from casework.actions.stages import monitored as monitored
from casework.actions.stages import rechecked as rechecked
