"""A history of reviews, rounds and post, and what is seen of it: the people's side of the product, no more."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, select

from casework.actions import move_action
from casework.delivery.delivery import deliver
from casework.delivery.mailer import Mailer
from casework.framework.pipelines import find_stage
from casework.framework.stage_titles import title_of
from casework.meetings import answering, arranging
from casework.moves import steering
from casework.moves.succession import appoint_successor, step_down
from casework.people.directory import find_person, person_for
from casework.record.act import Act
from casework.record.settings import Settings
from casework.record.store import Store
from casework.reminders.rounds import escalate, remind
from casework.requests import contributions
from casework.reviews.case import AGENCY, REVIEW, STAGE
from models.answering import Contribution
from models.errors import LearningCycleError
from models.meeting import Attendance, Meeting
from models.people import Appointment, Person
from models.record import OutboxMessage
from models.review import Action
from models.tables import table_of
from models.vocabulary import ActionMove, ActionState, Response, ReviewState, Role, StageState, Template
from tests.casework.reminders.model import (
    APART,
    INVITATION,
    LADDER,
    NATIONAL_PANEL_IN_NORTHAMPTONSHIRE,
    OWNER,
    QUESTIONS,
    USUAL,
    Arrived,
    Model,
    Seen,
    What,
)
from tests.smtp import Behaviour
from tests.walking import ACTION, APPROVAL, CHAIR, MANAGER, PANEL, SERIOUS_CASE_REVIEW, Step, launched, take

ACTIONS, APPOINTMENT, PERSON = table_of(Action), table_of(Appointment), table_of(Person)
OUTBOX = table_of(OutboxMessage).c
CONTRIBUTION, ATTENDANCE, MEETING = table_of(Contribution), table_of(Attendance), table_of(Meeting)
ASKED = ("pia.practitioner@social-care.example", "wyn.worker@social-care.example")
OLD = "LSCBN-SCR-2014-001"  # stands at its action plan when a history begins
LINE = re.compile(r"^(?P<title>.+)\n(?P<reference>[A-Z]+-SCR-\d{4}-\d{3})\n", re.MULTILINE)
ROUND, MOVE, POST = time(7), time(10), time(12)
TO_TELL = {"remind": (remind, (OWNER,)), "escalate": (escalate, LADDER)}
Doing = tuple[str, int, int]
SHOWN_AS_OTHERS = "Overdue, and owed by others"


@dataclass
class History:
    """One installation on its way through time, with the model beside it. `arrived` are the e-mails read so far."""

    store: Store
    settings: Settings
    mailer: Mailer
    post_box: Behaviour
    today: date
    model: Model = field(default_factory=Model)
    arrived: int = 0
    references: list[str] = field(default_factory=lambda: [OLD])
    newcomers: int = 0

    def at(self, hour: time) -> datetime:
        return datetime.combine(self.today, hour, UTC)

    def see(self) -> None:
        """Show the model how everything stands."""
        self.model.see(dict(things(self.store, self.today)), holders(self.store), self.today)

    def rounds(self, *names: str, hour: time = ROUND) -> None:
        """Make rounds, and have the model make them."""
        self.see()
        for name in names:
            make, rungs = TO_TELL[name]
            make(self.store, on=self.today, now=self.at(hour))
            self.model.round(self.today, rungs)

    def post(self, hour: time = POST) -> tuple[list[Arrived], list[Arrived]]:
        """Let the post go: what arrived, and what the model says."""
        sent = deliver(
            self.store, self.mailer, settings=self.settings, now=lambda: self.at(hour), worker="history", limit=5000
        )
        assert (sent.stopped, sent.given_up, sent.refused) == (None, 0, 0)
        self.see()
        return sorted(self.read(), key=repr), sorted(self.model.post(), key=repr)

    def read(self) -> Iterator[Arrived]:
        """The reminders that the mail server has taken since it was last looked at."""
        new, self.arrived = self.post_box.received[self.arrived :], len(self.post_box.received)
        with self.store.reading() as session:
            wanted = select(OUTBOX.message_id).where(OUTBOX.template == Template.REMINDERS)
            ours = set(session.scalars(wanted))
        for received in new:
            if received.message_id in ours:
                body = received.message.get_body(("plain",))
                assert body is not None
                yield received.to, frozenset(lines(body.get_content().replace("\r\n", "\n")))

    def do(self, doing: Doing) -> None:
        """One thing that somebody does; what cannot be done now is refused, and changes nothing."""
        name, which, days = doing
        with suppress(LearningCycleError):
            getattr(self, name)(which, days)
        self.see()

    def launch(self, which: int, days: int) -> None:
        board = ("northamptonshire", "croydon")[which % 2]
        notified = (self.today - timedelta(days=days % 30)).isoformat()
        self.references.append(
            launched(self.store, board=board, today=self.today, notified_on=notified, incident_on=notified)
        )

    def complete(self, which: int, days: int) -> None:
        """The next stage of a review that anybody can complete today."""
        reference = self.references[which % len(self.references)]
        for step in steps(self.today, days):
            with suppress(LearningCycleError):
                take(self.store, reference, step, today=self.today)
                return

    def extend(self, which: int, days: int) -> None:
        with self.store.reading() as session:
            open_ = session.execute(
                select(REVIEW.c.reference, STAGE.c.name)
                .join(REVIEW, REVIEW.c.id == STAGE.c.review_id)
                .where(STAGE.c.state == StageState.OPEN)
                .order_by(STAGE.c.id)
            ).all()
        reference, name = open_[which % len(open_)] if open_ else (OLD, "none")
        self.steer(
            "extend", reference, name, to=self.today + timedelta(days=days), reason="It takes longer.", sure=True
        )

    def hold(self, which: int, days: int) -> None:
        self.steer("hold", self.references[which % len(self.references)], reason="A trial.", until=None)

    def resume(self, which: int, days: int) -> None:
        self.steer("resume", self.references[which % len(self.references)])

    def withdraw(self, which: int, days: int) -> None:
        if len(self.references) > 1:
            self.steer("withdraw", self.references[1 + which % (len(self.references) - 1)], reason="Referred twice.")

    def steer(self, what: str, reference: str, *stage: str, **more: object) -> None:
        with self.store.transaction() as session:
            act = Act(session, find_person(session, MANAGER), self.at(MOVE), self.today)
            getattr(steering, what)(act, reference, *stage, **more)

    def move_action(self, which: int, days: int) -> None:
        """To one of few days, so that deadlines also move back to where they were."""
        to = {"due_on": (self.today + timedelta(days=days // 5 * 5)).isoformat(), "reason": "It takes longer."}
        self.act(1 + which % 2, ActionMove.DEADLINE, to)

    def move_there_and_back(self, which: int, days: int) -> None:
        number = 1 + which % 2
        due = next((seen.due for what, seen in self.model.things.items() if what == (OLD, f"Action {number}")), None)
        if due is not None:
            self.act(number, ActionMove.DEADLINE, {"due_on": (due + timedelta(days=9)).isoformat(), "reason": "Later."})
            self.see()
            self.act(number, ActionMove.DEADLINE, {"due_on": due.isoformat(), "reason": "As it was."})

    def evidence(self, which: int, days: int) -> None:
        given = {"evidenced_on": self.today.isoformat(), "evidence": "An audit."}
        self.act(1 + which % 2, ActionMove.EVIDENCE, given)

    def act(self, number: int, kind: ActionMove, data: Mapping[str, str]) -> None:
        with self.store.transaction() as session:
            by = find_person(session, MANAGER)
            move_action(Act(session, by, self.at(MOVE), self.today), OLD, number, kind, data)

    def ask(self, which: int, days: int) -> None:
        """The five questions to somebody, who may have been asked before."""
        people = [{"name": "Pia Practitioner", "email": ASKED[which % 2]}]
        data = {"people": people, "answer_by": (self.today + timedelta(days=days)).isoformat()}
        self.managed(contributions.ask_questions, self.references[which % len(self.references)], data)

    def tell(self, which: int, days: int) -> None:
        """Whoever was asked answers."""
        with self.store.transaction() as session:
            rows = session.execute(
                select(REVIEW.c.reference, CONTRIBUTION.c.number, PERSON.c.email)
                .join(REVIEW, REVIEW.c.id == CONTRIBUTION.c.review_id)
                .join(PERSON, PERSON.c.id == CONTRIBUTION.c.person_id)
                .order_by(CONTRIBUTION.c.id)
            ).all()
            if rows:
                reference, number, email = rows[which % len(rows)]
                by = find_person(session, email)
                said = {"view": "We met weekly."}
                contributions.record_contribution(Act(session, by, self.at(MOVE), self.today), reference, number, said)

    def arrange(self, which: int, days: int) -> None:
        people = [{"name": "Pia Practitioner", "email": each, "known_as": "social worker A"} for each in ASKED]
        data = self.when(which, days) | {"kind": "learning-event", "professionals": people[: 1 + which % 2]}
        self.managed(arranging.arrange_meeting, self.references[which % len(self.references)], data)

    def move_meeting(self, which: int, days: int) -> None:
        """To another day, or to another hour of the same one."""
        if found := self.meeting(which):
            to = self.when(which, days) | ({"on_day": found.on_day.isoformat()} if which % 2 else {})
            self.managed(arranging.move_meeting, found.reference, found.number, to)

    def call_off(self, which: int, days: int) -> None:
        if found := self.meeting(which):
            self.managed(arranging.cancel_meeting, found.reference, found.number, {"why": "Too few can come."})

    def accept(self, which: int, days: int) -> None:
        with self.store.transaction() as session:
            ids = session.scalars(select(ATTENDANCE.c.id).order_by(ATTENDANCE.c.id)).all()
            if ids:
                id_ = ids[which % len(ids)]
                answering.answer_invitation(Act(session, None, self.at(MOVE), self.today), id_, Response.ACCEPTED, None)

    def meeting(self, which: int) -> Row[Any] | None:
        """A meeting of any review."""
        with self.store.reading() as session:
            rows = session.execute(
                select(REVIEW.c.reference, *MEETING.c["number", "on_day"])
                .join(REVIEW, REVIEW.c.id == MEETING.c.review_id)
                .order_by(MEETING.c.id)
            ).all()
        return rows[which % len(rows)] if rows else None

    def when(self, which: int, days: int) -> dict[str, object]:
        """A time so many days from now."""
        hour, on = 9 + which, self.today + timedelta(days=days)
        return {"on_day": on.isoformat(), "begins": f"{hour:02}:00", "ends": f"{hour + 1:02}:00", "place": "Room 2"}

    def managed(self, move: Callable[..., object], *about: object) -> None:
        """What the business manager does."""
        with self.store.transaction() as session:
            move(Act(session, find_person(session, MANAGER), self.at(MOVE), self.today), *about)

    def appoint(self, which: int, days: int) -> None:
        """Another business manager, who shares the role, or another chair of a sub-group or board, who takes it."""
        role = (Role.BUSINESS_MANAGER, Role.PANEL_CHAIR, Role.INDEPENDENT_CHAIR, Role.MONITORING_CHAIR)[which % 4]
        self.newcomers += 1
        with self.store.transaction() as session:
            email = f"newcomer-{self.newcomers}@board.example"
            person = person_for(session, email=email, name="Nia Newcomer", organisation="The board")
            appoint_successor(
                Act(session, None, self.at(MOVE), self.today), board="northamptonshire", role=role, person=person
            )

    def leave(self, which: int, days: int) -> None:
        """One of the business managers goes; MANAGER stays, who does everything here."""
        with self.store.transaction() as session:
            person = find_person(session, f"newcomer-{1 + which % max(self.newcomers, 1)}@board.example")
            step_down(
                Act(session, None, self.at(MOVE), self.today),
                board="northamptonshire",
                role=Role.BUSINESS_MANAGER,
                person=person,
            )


def steps(today: date, days: int) -> list[Step]:
    """Steps of a serious case review that are taken today."""
    on, due = today.isoformat(), (today + timedelta(days=days)).isoformat()
    later = (today + timedelta(days=days + 10)).isoformat()
    plan = {"plan_agreed_on": on, "actions": [ACTION | {"due_on": due}, ACTION | {"due_on": later}]}
    known = {step.stage: step for step in SERIOUS_CASE_REVIEW}
    return [
        Step("action-plan", MANAGER, plan),
        Step("board-approval", CHAIR, APPROVAL | {"approved_on": on}),
        known["criteria-screening"],
        Step("panel-recommendation", PANEL, dict(known["panel-recommendation"].data) | {"panel_met_on": on}),
        Step("chair-decision", CHAIR, dict(known["chair-decision"].data) | {"decided_on": on}),
        Step("national-panel", MANAGER, {"panel_told_on": on}),
        Step("lead-reviewer", CHAIR, dict(known["lead-reviewer"].data) | {"appointed_on": on}),
    ]


def lines(text: str) -> Iterator[tuple[What, bool]]:
    """What an e-mail says, and of each whether it is the reader's own."""
    own, _, others = text.partition(SHOWN_AS_OTHERS)
    for part, is_own in ((own, True), (others, False)):
        for found in LINE.finditer(part):
            yield (found["reference"], found["title"]), is_own


def things(store: Store, today: date) -> Iterator[tuple[What, Seen]]:
    """Every stage with a deadline that somebody owes, every action, and every answer that somebody was asked for."""
    with store.reading() as session:
        stages = session.execute(
            select(
                *REVIEW.c["reference", "board", "type"],
                REVIEW.c.state.label("review_state"),
                *STAGE.c["name", "key", "due_on", "state"],
                PERSON.c.email,
                AGENCY.c.name.label("agency"),
            )
            .select_from(
                STAGE.join(REVIEW, REVIEW.c.id == STAGE.c.review_id)
                .join(PERSON, PERSON.c.id == STAGE.c.owner_id)
                .outerjoin(AGENCY, AGENCY.c.id == STAGE.c.agency_id)
            )
            .where(STAGE.c.due_on.is_not(None))
            .order_by(STAGE.c.id)
        ).all()
        actions = session.execute(
            select(
                *REVIEW.c["reference", "board"],
                REVIEW.c.state.label("review_state"),
                *ACTIONS.c["number", "due_on", "state"],
                PERSON.c.email,
            )
            .select_from(
                ACTIONS.join(REVIEW, REVIEW.c.id == ACTIONS.c.review_id).join(PERSON, PERSON.c.id == ACTIONS.c.owner_id)
            )
            .order_by(ACTIONS.c.id)
        ).all()
    for row in stages:
        if not find_stage(row.type, row.key).of_itself:
            special = (row.board, row.key) == ("northamptonshire", "national-panel")
            yield (
                (row.reference, title_of(row.type, row.key, row.agency)),
                Seen(
                    row.board,
                    row.email,
                    row.due_on,
                    row.state in (StageState.OPEN, StageState.COMING),
                    row.review_state is ReviewState.HELD,
                    NATIONAL_PANEL_IN_NORTHAMPTONSHIRE if special else USUAL,
                ),
            )
    yield from questions(store)
    yield from invitations(store, today)
    for row in actions:
        owed = row.state is ActionState.OPEN and row.review_state is not ReviewState.WITHDRAWN
        held = row.review_state is ReviewState.HELD
        what = (row.reference, f"Action {row.number}")
        yield what, Seen(row.board, row.email, row.due_on, owed, held, is_action=True)


def questions(store: Store) -> Iterator[tuple[What, Seen]]:
    """Everybody who was asked the five questions."""
    with store.reading() as session:
        rows = session.execute(
            select(
                *REVIEW.c["reference", "board", "state"],
                *CONTRIBUTION.c["number", "answer_by", "answered_on"],
                PERSON.c.email,
            )
            .join(REVIEW, REVIEW.c.id == CONTRIBUTION.c.review_id)
            .join(PERSON, PERSON.c.id == CONTRIBUTION.c.person_id)
            .order_by(CONTRIBUTION.c.id)
        ).all()
    for row in rows:
        owed = row.answered_on is None and row.state in (ReviewState.OPEN, ReviewState.HELD)
        what = (row.reference, f"Answer to the five questions{APART}{row.number}")
        yield what, Seen(row.board, row.email, row.answer_by, owed, row.state is ReviewState.HELD, QUESTIONS)


def invitations(store: Store, today: date) -> Iterator[tuple[What, Seen]]:
    """Everybody who was invited to a meeting; a hold of the review changes nothing for them."""
    with store.reading() as session:
        rows = session.execute(
            select(
                *REVIEW.c["reference", "board"],
                *ATTENDANCE.c["number", "response", "uninvited_on"],
                *MEETING.c["on_day", "begins", "cancelled_on"],
                PERSON.c.email,
            )
            .join(MEETING, MEETING.c.id == ATTENDANCE.c.meeting_id)
            .join(REVIEW, REVIEW.c.id == MEETING.c.review_id)
            .join(PERSON, PERSON.c.id == ATTENDANCE.c.person_id)
            .order_by(ATTENDANCE.c.id)
        ).all()
    for row in rows:
        stands = row.uninvited_on is None and row.cancelled_on is None and row.on_day > today
        what = (row.reference, f"Answer to the invitation (learning event){APART}{row.number}")
        yield (
            what,
            Seen(
                row.board,
                row.email,
                row.on_day,
                stands and row.response is Response.WAITING,
                False,
                INVITATION,
                asked=(row.on_day, row.begins),
            ),
        )


def holders(store: Store) -> dict[tuple[str, str], list[str]]:
    """Who holds which role on which board."""
    found: dict[tuple[str, str], list[str]] = {}
    with store.reading() as session:
        asked = select(APPOINTMENT.c.board, APPOINTMENT.c.role, PERSON.c.email)
        asked = asked.join(PERSON, PERSON.c.id == APPOINTMENT.c.person_id).where(APPOINTMENT.c.until.is_(None))
        for board, role, email in session.execute(asked.order_by(APPOINTMENT.c.id)):
            found.setdefault((board, role.value), []).append(email)
    return found
