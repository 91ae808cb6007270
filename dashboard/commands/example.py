"""`learning-cycle example`: a launch file to start from."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated

import typer

from casework.framework.editions import clocks_under, edition
from casework.framework.pipelines import pipeline
from casework.framework.profiles import board as profile_of
from casework.moves.launching import profile_with
from dashboard.arguments import OfBoard
from models.forms.referral import Referral
from models.profile import BoardProfile
from models.vocabulary import Role

EXAMPLE = """# {begins} to {board}.
# Change what is below, then: learning-cycle launch FILE
board = "{board_key}"
{type_}
{first}
# Who holds the board's roles. Needed once; people who are on record already can be left out.
{people}"""

REFERRAL = """[referral]
notified_on = {began}  # when the board was notified
incident_on = {happened}  # when it happened, if that is known
{aware}referred_by = "duty.manager@social-care.example"
about = "{about}"  # incident, good-practice, youth-justice-incident or child-death
abuse_or_neglect = "{abuse_or_neglect}"  # yes, no or not-known, here and below
child_died = "{child_died}"
seriously_harmed = "{seriously_harmed}"
concern_about_working_together = "not-known"
died_in_custody = "no"
circumstances = "What is known today, without names: write “the child”."
reasons = "Why it should be reviewed."

[[referral.agencies]]  # one such block an agency
name = "Example Children's Social Care"
author_name = "Alex Author"
author_email = "alex.author@social-care.example"

[[referral.agencies]]
name = "Example Police"
author_name = "Pat Author"
author_email = "pat.author@police.example"
"""
AWARE = """aware_on = {aware}  # when the local authority became aware of it
"""
PROPOSAL = """[proposal]
proposed_on = {began}  # when the theme was proposed
theme = "Children missing from home"  # no name, no single case
# board-priority, case-review, inspection, performance-analysis, national-learning or commissioned
source = "board-priority"
proposed_by = "The board"
rationale = "What is to be learnt, and what suggests that there is something to learn."
"""
PERSON = """[people.{role}]  # {title}
name = "Example {label}"
email = "{role}@board.example"
"""

NO_TYPE = "# no type: it comes in as what the criteria recommend\n"

SERIOUS = {"about": "incident", "abuse_or_neglect": "yes", "child_died": "no", "seriously_harmed": "yes"}
BELOW = {**SERIOUS, "seriously_harmed": "no"}
ANSWERS: Mapping[str, Mapping[str, str]] = {
    "practice-learning-review": BELOW,
    "single-case-audit": BELOW,
    "reflective-practice-review": BELOW,
    "best-practice-review": {**BELOW, "about": "good-practice", "abuse_or_neglect": "no"},
    "extended-learning-review": {**BELOW, "about": "youth-justice-incident"},
    "child-death-review": {**BELOW, "about": "child-death", "abuse_or_neglect": "no", "child_died": "yes"},
}
DAYS = (date(2014, 5, 6), date(2016, 5, 10), date(2024, 5, 7))  # one for each edition that a framework may work under
# named for each review, or by the calendar, or only to look on
NOT_ASKED = (
    Role.LEAD_REVIEWER,
    Role.AGENCY_AUTHOR,
    Role.ACTION_OWNER,
    Role.CALENDAR,
    Role.BOARD_MEMBER,
    Role.INSPECTOR,
)


def example(
    board: OfBoard,
    type_: Annotated[
        str | None,
        typer.Argument(metavar="TYPE", help="Such as serious-case-review; if left out, what the criteria recommend."),
    ] = None,
) -> None:
    """Print a launch file to start from: a referral or, where the type begins with a theme, a proposal."""
    profile = profile_with(board, type_) if type_ else profile_of(board)
    referred = type_ is None or pipeline(type_).first.form is Referral
    text = EXAMPLE.format(
        begins="A referral" if referred else "A theme proposed",
        board=profile.name.value,
        board_key=board,
        type_=f'type = "{type_}"\n' if type_ else NO_TYPE,
        first=referral(profile, ANSWERS.get(type_ or "", SERIOUS))
        if referred
        else PROPOSAL.format(began=day_for(profile)),
        people=people(profile),
    )
    typer.echo(text, nl=False)


def day_for(profile: BoardProfile) -> date:
    """A day in the time of the latest edition that the framework names."""
    latest = profile.editions[-1].value
    return next((day for day in DAYS if edition(latest).in_force_from.value <= day), DAYS[-1])


def referral(profile: BoardProfile, answers: Mapping[str, str]) -> str:
    """A referral four days after what happened; with the day of becoming aware, if a deadline may count from it."""
    began, latest = day_for(profile), edition(profile.editions[-1].value)
    happened = began - timedelta(days=4)
    clocks = (clocks_under(kind, each, latest) for each, kind in profile.reviews.items())
    aware = any(clock.trigger == "aware_on" for of_type in clocks for clock in of_type.values())
    return REFERRAL.format(
        began=began, happened=happened, aware=AWARE.format(aware=happened) if aware else "", **answers
    )


def people(profile: BoardProfile) -> str:
    """A block for each role that somebody holds on the board."""
    held = ((role, body.title) for role, body in profile.roles.items() if role not in NOT_ASKED)
    return "\n".join(PERSON.format(role=role, title=title, label=role.label) for role, title in held)
