"""Pages escape what they show, fail on a slip, and stand in one frame without GOV.UK's crest and font."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup

from casework.clock.wording import day, day_at_time
from dashboard.fields import Field
from dashboard.mistakes import Problem
from dashboard.shapes import Option
from dashboard.templating import Frame, Section, environment

STATIC = Path(__file__).resolve().parents[2] / "dashboard" / "static"
ANYBODY = Frame(csp_nonce="n0nce")
ALEX = Frame(
    csp_nonce="n0nce",
    board="Invented Board",
    person="Alex Example",
    csrf_token="t0ken",
    section="outbox",
    on_a_board=True,
    manages=True,
)


def page(frame: Frame) -> str:
    """The frame around an empty page."""
    return environment().get_template("pages/base.html").render(frame=frame)


def asked(field: Field) -> str:
    """One field as HTML."""
    return str(environment().get_template("pages/macros/form.html").module.ask(field))  # type: ignore[attr-defined] # a macro


def test_days_and_moments_are_those_of_london() -> None:
    late = datetime(2014, 5, 5, 23, 30, tzinfo=UTC)

    assert (day(date(2014, 5, 6)), day(late), day(None)) == ("6 May 2014", "6 May 2014", "")
    assert (day_at_time(late), day_at_time(late.replace(hour=12)), day_at_time(None)) == (
        "6 May 2014 at 12:30am",
        "5 May 2014 at 1:30pm",
        "",
    )


def test_what_is_shown_is_escaped() -> None:
    assert environment().from_string("{{ words }}").render(words="<b>") == "&lt;b&gt;"


@pytest.mark.parametrize("slip", ["{{ nowhere }}", "{{ frame.nowhere }}", "{% if frame.nowhere %}{% endif %}"])
def test_an_unknown_name_or_attribute_is_an_error(slip: str) -> None:
    with pytest.raises(jinja2.UndefinedError):
        environment().from_string(slip).render(frame=ANYBODY)


def test_a_parameter_left_out_of_a_component_is_just_absent() -> None:
    assert environment().from_string("{{ {}.classes.more }}").render() == ""


def test_the_navigation_offers_what_is_theirs_and_the_mailbox_only_where_mail_is_kept_here() -> None:
    author = Frame(csp_nonce="n", person="Alex Example", mail_is_local=True)
    local = replace(ALEX, mail_is_local=True)

    everybodys = (Section("reviews", "Reviews", "/"), Section("calendar", "My calendar", "/calendar"))
    assert (ANYBODY.sections, author.sections) == ((), everybodys)
    assert ALEX.sections == (
        *everybodys,
        Section("boards", "Boards", "/boards"),
        Section("launch", "Launch a review", "/launch"),
        Section("letters", "Letters", "/letters"),
        Section("outbox", "Outbox", "/outbox"),
    )
    assert local.sections == (*ALEX.sections, Section("mailbox", "Mailbox", "/mailbox"))


def test_somebody_not_signed_in_is_offered_nothing() -> None:
    html = page(ANYBODY)

    assert ("Sign out" in html, "Launch a review" in html, "Skip to main content" in html) == (
        False,
        False,
        True,
    )


def test_the_frame_names_board_and_person_and_signs_out_by_a_guarded_form() -> None:
    html = page(ALEX)

    assert [words in html for words in ("Invented Board", "Alex Example", 'action="/sign-out"', 'value="t0ken"')] == [
        *(True, True, True, True)
    ]
    assert html.count("<script") == html.count('nonce="n0nce"') == 2


def test_demonstration_data_are_marked_as_such() -> None:
    words = "Demonstration data: invented people and cases."

    assert (words in page(ALEX), words in page(Frame(csp_nonce="n", demonstration=True))) == (False, True)


def test_problems_are_summed_up_with_links_and_in_the_title() -> None:
    html = page(Frame(csp_nonce="n", problems=(Problem("Enter the reasons", "reasons"),)))

    assert ('<a href="#reasons">Enter the reasons</a>' in html, "<title>Error: " in html) == (True, True)


def test_an_optional_field_says_so_and_a_wrong_one_says_what_is_wrong() -> None:
    html = asked(Field("reasons", "Reasons", error="Enter the reasons", required=False))

    assert (
        "Reasons (optional)" in html,
        "Enter the reasons" in html,
        'aria-describedby="reasons-error"' in html,
    ) == (*(True, True, True),)


def test_many_answers_become_a_list_to_choose_from() -> None:
    few = tuple(Option(str(number), str(number)) for number in range(7))
    kinds = [asked(Field("x", "X", kind="choice", options=options)) for options in (few, (*few, Option("8", "8")))]

    assert [("<select" in html, html.count('type="radio"')) for html in kinds] == [(False, 7), (True, 0)]


def test_a_summary_takes_only_markup_as_html() -> None:
    show = environment().get_template("pages/macros/show.html").module
    html = show.summary([("Text", "<i>"), ("Link", Markup("<a href='/'>x</a>"))])  # type: ignore[attr-defined] # a macro

    assert ("&lt;i&gt;" in html, "<a href='/'>x</a>" in html) == (True, True)


def test_nothing_that_belongs_to_gov_uk_alone_is_served() -> None:
    sheets = [path.read_text(encoding="utf-8") for path in sorted(STATIC.rglob("*.css"))]
    forbidden = ("@font-face", "GDS Transport", "crest.", "crown.", "/assets/")

    assert len(sheets) == 3
    assert [word for word in forbidden for sheet in sheets if word in sheet] == []
    assert [path.name for path in STATIC.rglob("*") if "crest" in path.name or path.suffix.startswith(".wof")] == []
