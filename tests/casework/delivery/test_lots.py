"""Letters written in lots."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from casework.delivery.batches import write_batch
from casework.letters.frames import Letter
from casework.outbox.queueing import queue_letter
from casework.record.settings import Settings
from casework.record.store import Store
from models.vocabulary import Template
from tests.casework.delivery.post import claimed
from tests.casework.letters.a_case import NOW, add_marked_case


def test_a_lot_of_letters_is_written_with_no_more_questions_than_one(store: Store, settings: Settings) -> None:
    with store.transaction() as session:
        case = add_marked_case(session)
        for stage_id in (case.stage_id, case.counted_stage_id):
            queue_letter(
                session,
                key=f"{stage_id}",
                template=Template.STAGE_OPENED,
                person_id=case.person_id,
                now=NOW,
                review_id=case.review_id,
                stage_id=stage_id,
            )
    ids = claimed(store)

    with questions(store) as after_each:
        alone = [written for id_ in ids for written in letters(store, settings, id_)]
    with questions(store) as after_all:
        together = letters(store, settings, *ids)

    assert len({letter.subject for letter in together}) == len(ids) == 2
    assert together == alone
    assert len(after_all) * len(ids) == len(after_each)


def letters(store: Store, settings: Settings, *ids: int) -> list[Letter]:
    """The letters of these messages, written as one lot."""
    lot = write_batch(store, ids, sender="lc@board.example", settings=settings, now=NOW)
    return [written.letter for written in lot.written]


@contextmanager
def questions(store: Store) -> Iterator[list[str]]:
    """What is asked of the database in the block."""
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:  # noqa: ARG001 -- SQLAlchemy's
        asked.extend([statement] if statement.startswith("SELECT") else [])

    event.listen(store.engine, "before_cursor_execute", note)
    yield asked
    event.remove(store.engine, "before_cursor_execute", note)
