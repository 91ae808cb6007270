"""Prefect keeps the words of every error: they are replaced first, for an error may quote an address or a case."""

import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from models.errors import LearningCycleError

log = logging.getLogger("learning-cycle")


class TaskFailed(LearningCycleError):
    """Raised in place of whatever stopped a task: it names the task and the kind of trouble, nothing else."""


@contextmanager
def redact_errors(what: str, tell: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """Do something of which Prefect may know only its name, `what`. `tell` hears of the trouble, in words to keep."""
    try:
        yield
    except Exception as trouble:
        log.error("%s: %s at\n%s", what, type(trouble).__name__, where_raised(trouble))
        tell(words_to_keep(trouble))
        raise TaskFailed(f"{what}: {type(trouble).__name__}. The worker's log says where.") from None


def words_to_keep(trouble: Exception) -> str:
    """What may be kept of an error: our own sentences, of other people's only the kind."""
    return str(trouble) if isinstance(trouble, LearningCycleError) else type(trouble).__name__


def where_raised(trouble: Exception) -> str:
    """Where an error arose, without its message."""
    return "".join(traceback.format_tb(trouble.__traceback__)).rstrip()
