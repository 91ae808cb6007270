"""An author says when an agency's report will come: on record and told on, and the deadline stays where it is."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from casework.outbox.payloads import PromisedReport
from casework.outbox.queueing import queue_letter
from casework.record.act import Act
from casework.registers.keeping import keep, next_number
from casework.reviews.case import Case, check_going, load, store
from casework.reviews.finding_stages import find_open
from casework.reviews.permissions import check_may_complete
from casework.validation.reading import read
from models.answering import ReportPromise
from models.errors import InputError, fault
from models.forms.answering import Later
from models.tables import id_of
from models.vocabulary import Role, Template


def promise_report(act: Act, reference: str, stage_name: str, data: Mapping[str, Any]) -> ReportPromise:
    """Put on record when the report of an open stage will come; the business manager is told.

    Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    case = load(act, reference)
    stage = find_open(case, stage_name, act.person)
    check_going(case)
    check_may_complete(case, stage, case.pipeline.by_key[stage.key], act.person)
    form = read(Later, data)
    if form.comes_on < act.today:
        raise InputError(fault("comes_on", form.comes_on, "is in the past. Give the day it will come."))
    made = ReportPromise(
        review_id=case.id,
        number=next_number(case, ReportPromise),
        stage_id=stage.id,
        person_id=id_of(act.person),
        comes_on=form.comes_on,
        because=form.because,
        at=act.now,
    )
    keep(case, made)
    tell_manager(case, stage.id, made)
    detail = {"comes_on": form.comes_on.isoformat()}
    store(case, "report promised", act.person, stage=stage.name, detail=detail, note=form.because)
    return made


def tell_manager(case: Case, stage_id: int, made: ReportPromise) -> None:
    """Tell the business manager, unless it is they who put it on record."""
    manager = case.holder(Role.BUSINESS_MANAGER)
    if manager is not None and manager != made.person_id:
        queue_letter(
            case.session,
            key=f"{Template.REPORT_PROMISED}:{case.id}:{made.number}:{manager}",
            template=Template.REPORT_PROMISED,
            person_id=manager,
            now=case.now,
            review_id=case.id,
            stage_id=stage_id,
            payload=PromisedReport(comes_on=made.comes_on),
        )


def promises_of(session: Session, review_id: int) -> dict[int, ReportPromise]:
    """What was said last of each stage, by the stage's number."""
    found = select(ReportPromise).where(ReportPromise.review_id == review_id).order_by(col(ReportPromise.number))
    return {made.stage_id: made for made in session.exec(found)}
