"""`learning-cycle example`: a launch file to start from."""

from typing import Annotated

import typer

from casework.launching import profile_with

EXAMPLE = """# A referral to {board}. Change what is below, then: learning-cycle launch FILE
board = "{board_key}"
type = "{type_}"

[referral]
notified_on = 2014-05-06                 # when the board was notified
incident_on = 2014-05-02                 # when it happened, if that is known
referred_by = "duty.manager@social-care.example"
abuse_or_neglect = "yes"                 # yes, no or not-known, here and below
child_died = "no"
seriously_harmed = "yes"
concern_about_working_together = "not-known"
died_in_custody = "no"
circumstances = "What is known today, without names: write “the child”."
reasons = "Why it should be reviewed."

[[referral.agencies]]                    # one such block an agency
name = "Example Children's Social Care"
author_name = "Alex Author"
author_email = "alex.author@social-care.example"

[[referral.agencies]]
name = "Example Police"
author_name = "Pat Author"
author_email = "pat.author@police.example"

# Who holds the board's roles. Needed once; people who are on record already can be left out.
{people}"""

PERSON = """[people.{role}]                          # {title}
name = "Example {label}"
email = "{role}@board.example"
"""

HELD_ON_THE_BOARD = (
    "business-manager", "independent-chair", "panel-chair", "strategic-partners", "monitoring-chair",
)  # fmt: skip


def example(
    type_: Annotated[str, typer.Argument(metavar="TYPE", help="Such as serious-case-review.")],
    board: Annotated[str, typer.Option(help="A profile's file name, such as northamptonshire.")],
) -> None:
    """Print a launch file to start from."""
    profile = profile_with(board, type_)
    people = [
        PERSON.format(role=role, title=body.title, label=role.label)
        for role, body in profile.roles.items()
        if role in HELD_ON_THE_BOARD
    ]
    text = EXAMPLE.format(board=profile.name.value, board_key=board, type_=type_, people="\n".join(people))
    typer.echo(text, nl=False)
