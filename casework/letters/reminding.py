"""What the reminders of a day say: every occasion of the e-mail that still holds when it is written."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from sqlalchemy import Row, Select, bindparam, literal, null, select
from sqlmodel import Session

from casework.framework.pipelines import find_stage
from casework.framework.profiles import board
from casework.framework.stage_titles import title_of
from casework.letters.listings import Item
from casework.links.link_state import answer_for
from casework.links.link_tasks import is_answered_by_link
from casework.links.signed_links import LinkTask
from casework.links.task_titles import answer_title
from casework.outbox.awaited_answers import KINDS, AwaitedAnswers, is_held
from casework.outbox.mail_errors import NothingLeftToSay
from casework.reviews.case import AGENCY, REVIEW, STAGE, owner_title
from models.notice import Occasion
from models.record import OutboxMessage
from models.review import Action
from models.tables import literally, table_of
from models.vocabulary import OWES_ACTIONS, ActionState, Rung, StageState, TaskKind

PAGES = {TaskKind.TERMS: "terms", TaskKind.CONTRIBUTION: "contributions", TaskKind.INVITATION: "meetings"}
SHOWN = 40  # lines of a list; the page shows all
OCCASION, ACTION = table_of(Occasion), table_of(Action)
THEIRS = (OCCASION.c.message_id == bindparam("message"),)
ABOUT = (*OCCASION.c["rung", "person_id", "task_kind"], *REVIEW.c["reference", "board", "type", "state"])
STAGES: Select[Any] = (
    select(
        *ABOUT,
        *STAGE.c["due_on", "name", "key", "owner_id", "id"],
        AGENCY.c.name.label("agency"),
        null().label("number"),
    )
    .select_from(
        OCCASION.join(STAGE, STAGE.c.id == OCCASION.c.stage_id)
        .join(REVIEW, REVIEW.c.id == STAGE.c.review_id)
        .outerjoin(AGENCY, AGENCY.c.id == STAGE.c.agency_id)
    )
    .where(*THEIRS, literally(STAGE.c.state, StageState.OPEN), STAGE.c.due_on == OCCASION.c.due_on)
)
ACTIONS: Select[Any] = (
    select(*ABOUT, *ACTION.c["due_on", "owner_id", "id", "number"], literal("").label("name"), null().label("agency"))
    .select_from(
        OCCASION.join(ACTION, ACTION.c.id == OCCASION.c.action_id).join(REVIEW, REVIEW.c.id == ACTION.c.review_id)
    )
    .where(
        *THEIRS,
        literally(ACTION.c.state, ActionState.OPEN),
        ACTION.c.due_on == OCCASION.c.due_on,
        REVIEW.c.state.in_(OWES_ACTIONS),
    )
)


def asked_of_answers(kind: AwaitedAnswers) -> Select[Any]:
    """The same of a kind of answer: it has no name, and its id is that of the row which asks."""
    return (
        select(
            *ABOUT,
            kind.due_on.label("due_on"),
            kind.person_id.label("owner_id"),
            kind.id.label("id"),
            literal("").label("name"),
            null().label("agency"),
            null().label("number"),
        )
        .select_from(OCCASION.join(kind.rows, kind.said_in(OCCASION)).join(REVIEW, REVIEW.c.id == kind.review_id))
        .where(*THEIRS, kind.owed, kind.due_on == OCCASION.c.due_on)
    )


QUESTIONS = (STAGES, ACTIONS, *map(asked_of_answers, KINDS))


def reminded_of(session: Session, message: OutboxMessage, *, address: str, today: date) -> dict[str, Any]:
    """What the e-mail says, list by list; raises NothingLeftToSay where all of it is done, moved or somebody else's."""
    given = {"message": message.id, "on": today}
    rows = [row for asked in QUESTIONS for row in session.execute(asked, given) if is_theirs(row)]
    theirs = {line_key(row): row for row in rows}  # once each
    holding = sorted(theirs.values(), key=lambda row: (row.due_on, row.reference, row.name))
    if not holding or message.board is None:
        raise NothingLeftToSay("What this e-mail was about is done, or now has another date.")
    own = [row for row in holding if row.rung is Rung.OWNER]
    brought = [row for row in holding if row.rung is not Rung.OWNER]
    writing = ReminderWriting(session, address, today, message.queued_at)
    listed = {
        "overdue": [row for row in own if row.due_on < today],
        "due_today": [row for row in own if row.due_on == today],
        "ahead": [row for row in own if row.due_on > today],
        "brought": brought,
    }
    only = holding[0] if len(holding) == 1 else None
    return {name: tuple(map(writing.item, found[:SHOWN])) for name, found in listed.items()} | {
        "board": board(message.board).name.value,
        "board_name": message.board,
        "count": len(holding),
        "count_overdue": len(listed["overdue"]),
        "count_brought": len(brought),
        **(writing.ways_to(only) if only else {"link": f"{address}/"}),
    }


def is_theirs(row: Row[Any]) -> bool:
    """Whether it still concerns the one who gets the e-mail, while no hold silences it: an owner, while they own it."""
    return (row.rung is not Rung.OWNER or row.owner_id == row.person_id) and not is_held(row.task_kind, row.state)


def line_key(row: Row[Any]) -> tuple[Any, ...]:
    """What makes a line of its own: several people who owe the same answer are one line to the person above them."""
    own = row.rung is Rung.OWNER
    if row.task_kind is not None and not own:
        return row.task_kind, row.reference, row.due_on
    return row.task_kind, row.number is None, row.id, own


@dataclass(frozen=True)
class ReminderWriting:
    """The writing of one e-mail, which was queued at `at`."""

    session: Session
    address: str
    today: date
    at: datetime

    def item(self, row: Row[Any]) -> Item:
        """One line: a stage or an action, with the place where the one who gets the e-mail can deal with it."""
        return Item(
            reference=row.reference,
            title=self.title(row),
            link=self.answer(row) or self.page(row),
            due_on=row.due_on,
            today=self.today,
            owed_by="" if row.rung is Rung.OWNER else owner_title_of(row),
        )

    def ways_to(self, row: Row[Any]) -> dict[str, str | None]:
        """The link of an e-mail that is of one thing, and that to answer it by where it can be opened too.

        A person who is asked only for an answer has no page to sign in to.
        """
        answer = self.answer(row)
        if answer and row.task_kind is not None:
            return {"link": answer}
        return {"link": self.page(row), "answer": answer}

    def title(self, row: Row[Any]) -> str:
        """ "Agency report (Police)", "Action 3", "Answer to the draft terms of reference"."""
        if row.task_kind is not None:
            return answer_title(self.session, LinkTask(row.task_kind, row.id))
        return f"Action {row.number}" if row.number is not None else title_of(row.type, row.key, row.agency)

    def page(self, row: Row[Any]) -> str:
        """Its page, for those who sign in."""
        review = f"{self.address}/reviews/{quote(row.reference, safe='')}"
        if row.task_kind is not None:
            return f"{review}/{PAGES[row.task_kind]}"
        return f"{review}/actions/{row.number}" if row.number else f"{review}/stages/{quote(row.name, safe=':')}"

    def answer(self, row: Row[Any]) -> str | None:
        """The link by which its owner answers without signing in, where there is one."""
        if row.rung is not Rung.OWNER or not (row.task_kind or row.number or is_answered_by_link(row.type, row.key)):
            return None
        task = LinkTask(row.task_kind or (TaskKind.ACTION if row.number else TaskKind.REPORT), row.id)
        return answer_for(self.session, task, row.person_id, address=self.address, queued_at=self.at)


def owner_title_of(row: Row[Any]) -> str:
    """Who owes it, by title: never by name."""
    if row.task_kind is not None:
        return "the person who was asked and has not answered"
    if row.number is not None:
        return "the owner of the action"
    profile = board(row.board)
    kind = profile.kind(row.type)
    return owner_title(profile, kind, find_stage(row.type, row.key)) if kind else "its owner"
