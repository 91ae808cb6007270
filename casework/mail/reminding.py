"""What the reminders of a day say: every occasion of the e-mail that still holds when it is written."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import quote

from sqlalchemy import Row, Select, bindparam, literal, null, select
from sqlmodel import Session

from casework.boards import board
from casework.case import AGENCY, REVIEW, STAGE, owner_title
from casework.mail.listings import Item
from casework.mail.mail_errors import NothingLeftToSay
from casework.mail.titles import title_of
from casework.pipelines import find_stage
from models.notice import Occasion
from models.record import OutboxMessage
from models.review import Action
from models.tables import literally, table_of
from models.vocabulary import OWES_ACTIONS, ActionState, ReviewState, Rung, StageState

OCCASION, ACTION = table_of(Occasion), table_of(Action)
THEIRS = (
    OCCASION.c.message_id == bindparam("message"),
    REVIEW.c.state != ReviewState.HELD,
)
ABOUT = (*OCCASION.c["rung", "person_id"], *REVIEW.c["reference", "board", "type"])
STAGES: Select[Any] = (
    select(*ABOUT, *STAGE.c["due_on", "name", "owner_id", "id"], AGENCY.c.name.label("agency"), null().label("number"))
    .select_from(
        OCCASION.join(STAGE, STAGE.c.id == OCCASION.c.stage_id)
        .join(REVIEW, REVIEW.c.id == STAGE.c.review_id)
        .outerjoin(AGENCY, AGENCY.c.id == STAGE.c.agency_id)
    )
    .where(*THEIRS, literally(STAGE.c.state, StageState.OPEN), STAGE.c.due_on == OCCASION.c.due_on)
)  # fmt: skip
ACTIONS: Select[Any] = (
    select(*ABOUT, *ACTION.c["due_on", "owner_id", "id", "number"], literal("").label("name"), null().label("agency"))
    .select_from(
        OCCASION.join(ACTION, ACTION.c.id == OCCASION.c.action_id).join(REVIEW, REVIEW.c.id == ACTION.c.review_id)
    )
    .where(
        *THEIRS, literally(ACTION.c.state, ActionState.OPEN), ACTION.c.due_on == OCCASION.c.due_on,
        REVIEW.c.state.in_(OWES_ACTIONS),
    )
)  # fmt: skip


def reminded_of(session: Session, message: OutboxMessage, *, address: str, today: date) -> dict[str, Any]:
    """What the e-mail says, list by list; raises NothingLeftToSay where all of it is done, moved or somebody else's."""
    rows = [row for asked in (STAGES, ACTIONS) for row in session.execute(asked, {"message": message.id})]
    holding = [row for row in rows if row.rung is not Rung.OWNER or row.owner_id == row.person_id]
    if not holding or message.board is None:
        raise NothingLeftToSay("What this e-mail was to remind of is done, or is due on another day by now.")
    own = [item(row, address, today) for row in holding if row.rung is Rung.OWNER]
    brought = [item(row, address, today) for row in holding if row.rung is not Rung.OWNER]
    return lists(own, today) | {
        "board": board(message.board).name.value, "board_name": message.board, "brought": in_order(brought),
        "link": (own or brought)[0].link if len(holding) == 1 else f"{address}/",
    }  # fmt: skip


def lists(own: list[Item], today: date) -> dict[str, Any]:
    """What somebody owes: overdue, due today, and what lies ahead."""
    return {
        "overdue": in_order(each for each in own if each.due_on < today),
        "due_today": in_order(each for each in own if each.due_on == today),
        "ahead": in_order(each for each in own if each.due_on > today),
    }


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """The earliest deadline first."""
    return tuple(sorted(items, key=lambda each: (each.due_on, each.reference, each.title)))


def item(row: Row[Any], address: str, today: date) -> Item:
    """One line: a stage or an action, with the page where it is dealt with."""
    page = f"{address}/reviews/{quote(row.reference, safe='')}"
    if row.number is not None:
        title, link = f"Action {row.number}", f"{page}/actions/{row.number}"
    else:
        title, link = title_of(row.type, row.name, row.agency), f"{page}/stages/{quote(row.name, safe=':')}"
    owed_by = "" if row.rung is Rung.OWNER else whose(row)
    return Item(reference=row.reference, title=title, link=link, due_on=row.due_on, today=today, owed_by=owed_by)


def whose(row: Row[Any]) -> str:
    """Who owes it, by title: never by name."""
    if row.number is not None:
        return "the owner of the action"
    profile = board(row.board)
    kind = profile.kind(row.type)
    return owner_title(profile, kind, find_stage(row.type, row.name)) if kind else "its owner"
