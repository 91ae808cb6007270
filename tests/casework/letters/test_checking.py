"""A board's own words are checked as they are saved: each thing that is wrong is a sentence with its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.letters.checking import problems_of
from casework.letters.naming import example, examples
from casework.letters.own_words import OwnWords, product_source
from casework.letters.sandbox import LONGEST_SOURCE
from casework.letters.writing import render
from models.vocabulary import Template
from tests.casework.letters.a_case import every_name

WORDS = """{{ reference }}: your turn

Please do “{{ stage }}” by {{ due_on | day }}.

- Review: {{ reference }}

[Go to the stage]({{ link }})
"""


def wrong(instead_of: str, put: str) -> list[str]:
    """What is said of the words with a part of them replaced."""
    assert instead_of in WORDS
    return problems_of(Template.DEADLINE_MOVED, WORDS.replace(instead_of, put))


@pytest.mark.parametrize("template", list(Template))
def test_the_products_own_words_keep_the_rules_that_a_boards_words_must_keep(template: Template) -> None:
    assert problems_of(template, product_source(template)) == []


@pytest.mark.parametrize("template", list(Template))
def test_words_with_every_name_that_a_letter_has_are_right(template: Template) -> None:
    source = every_name(template)

    assert problems_of(template, source) == []
    assert all(render(template, made, own=OwnWords(source, 1)).fell_back_from is None for made in examples(template))


@pytest.mark.parametrize(
    ("instead_of", "put", "line", "said"),
    [
        ("{{ stage }}", "{{ stgae }}", 3, "This letter has no ‘stgae’. Did you mean ‘stage’?"),
        ("{{ stage }}", "{{ child }}", 3, "This letter has no ‘child’. It has ‘link’, "),
        ("{{ stage }}", "{{ address }}", 3, "This letter has no ‘address’. It has "),
        ("{{ stage }}", "{{ stage", 3, "it cannot be read ("),
        ("{{ stage }}", "{% if stage %}", 7, "it cannot be read ("),
        ("| day", "| upper", 3, "‘| upper’ cannot be used. Only ‘| day’ can follow a name, to spell a date."),
        ("{{ stage }}", "{{ stage.upper() }}", 3, "Only names, "),
        ("{{ stage }}", "{{ stage.name }}", 3, "‘.name’ can only follow an item of a {% for %}. Take it out."),
        ("{{ stage }}", "{{ stage['x'] }}", 3, "Only names, "),
        ("{{ stage }}", "{% for x in range(10**9) %}{% endfor %}", 3, "{% for %} goes through a list of the letter"),
        ("{{ stage }}", "{{ 'a' * 10**9 }}", 3, "Only names, "),
        ("{{ stage }}", "{% set x = 1 %}", 3, "Only names, "),
        ("{{ stage }}", "{% include 'sign-in.jinja' %}", 3, "Only names, "),
        ("{{ stage }}", "{% macro x() %}{% endmacro %}", 3, "Only names, "),
        ("\n\nPlease", "\nPlease", 2, "Leave this line blank. The subject is one line"),
        ("- Review: ", "- Review ", 5, "‘- Review …’ begins with -, but is not a fact. Write it as ‘- Name: value’."),
        ("[Go to the stage]", "[]", 7, "‘[](…)’ begins with [, but is not a link."),
        ("({{ link }})", "(https://elsewhere.example)", 7, "A link can lead only to what the letter gives"),
        ("({{ link }})", "({{ link }}/other)", 7, "A link can lead only to what the letter gives"),
        ("Please do", "Please [do]({{ link }})", 3, "Put a link on a line of its own"),
        (
            "by {{ due_on",
            "from {{ moved_from | day }} to {{ due_on",
            3,
            "‘moved_from’ may be missing, which would leave a gap",
        ),
        ("{{ stage }}", "{{ link < 'https://x' }}", 3, "An address cannot be compared with anything."),
        ("{{ stage }}", "{{ 'a' in answer }}", 3, "An address cannot be compared with anything."),
        ("{{ reference }}: your", "{{ link }}: your", 1, "there is an address in the subject. Take it out"),
        ("Please", "<b>Please</b>", 3, "‘<b>’ would be shown as it is typed. Take it out: use plain words."),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_the_remedy(instead_of: str, put: str, line: int, said: str) -> None:
    sentences = wrong(instead_of, put)

    assert sentences[0].startswith(f"Line {line}: {said}")


def test_a_name_that_may_be_missing_is_asked_for_or_stands_in_a_fact() -> None:
    assert wrong("by {{ due_on", "{% if moved_from %}from {{ moved_from | day }}{% endif %} by {{ due_on") == []
    assert wrong("by {{ due_on", "{{ moved_from if moved_from else '' }} by {{ due_on") == []
    assert wrong("- Review: ", "- Before: {{ moved_from | day }}\n- Review: ") == []
    assert wrong("by {{ due_on", "{% if due_on %}{{ moved_from }}{% else %}-{% endif %} by {{ due_on") != []


def test_the_one_action_must_stay() -> None:
    assert wrong("[Go to the stage]({{ link }})\n", "") == [
        "The letter has lost its link. Write it on a line of its own: ‘[Open]({{ link }})’."
    ]


def test_a_subject_is_neither_empty_nor_too_long() -> None:
    long = "Subject " * 30

    assert wrong("{{ reference }}: your turn", "{% if false %}x{% endif %}")[0].startswith("Line 1: ")
    assert wrong("{{ reference }}: your turn", long) == [
        "Line 1: once filled in, the subject has 239 characters. The limit is 200: shorten it."
    ]


def test_a_date_can_be_spelt_and_nothing_else() -> None:
    dates = "The dates here are: ‘today’, ‘due_on’, ‘moved_from’, ‘safe_on’."

    assert wrong("{{ stage }}", "{{ stage | day }}") == [
        f"Line 3: ‘stage’ is not a date, so ‘| day’ cannot follow it. {dates}"
    ]
    assert wrong("{{ stage }}", "{{ '2014-13-01' | day }}") == [
        f"Line 3: ‘2014-13-01’ is not a date, so ‘| day’ cannot follow it. {dates}"
    ]
    assert wrong("{{ stage }}", "{{ today | day | day }}") == [
        f"Line 3: what stands before it is not a date, so ‘| day’ cannot follow it. {dates}"
    ]


def test_of_an_item_of_a_list_no_date_is_to_be_spelt() -> None:
    source = "Subject\n\n{% for item in overdue %}\n* {{ item.when | day }}\n{% endfor %}\n\n[Open]({{ link }})\n"

    assert problems_of(Template.REMINDERS, source) == [
        "Line 4: ‘item.when’ is not a date, so ‘| day’ cannot follow it. The dates here are: ‘today’."
    ]


@pytest.mark.parametrize(
    "source",
    [
        "(" * 3000,
        "{{ " + "(" * 3000,
        "{{ " + "not " * 1400 + "link }}",
        "{{ link" + " and link" * 600 + " }}",
        "{% if link %}" * 200 + "{% endif %}" * 200,
        "x" * (LONGEST_SOURCE + 1),
        "{{ " + "[" * 2000,
        "{{ link" + "|day" * 900 + " }}",
    ],
)
def test_what_would_be_too_much_is_refused_with_a_sentence(source: str) -> None:
    sentences = problems_of(Template.DEADLINE_MOVED, f"Subject\n\n{source}\n\n[Open]({{{{ link }}}})\n")

    assert sentences == [] or all(sentence.endswith(".") for sentence in sentences)
    assert sentences or source == "(" * 3000


@given(
    st.lists(
        st.sampled_from(
            [
                "{{",
                "}}",
                "{%",
                "%}",
                "{#",
                "#}",
                "if ",
                "for ",
                "in ",
                "endif",
                "endfor",
                "link",
                "stage",
                "|",
                "day",
                "\n",
                "[",
                "]",
                "(",
                ")",
                "- ",
                ": ",
                "'",
                '"',
                "~",
                "not ",
                "==",
                "1",
                ".",
                "__class__",
                "a",
                " ",
                "raw",
                "endraw",
                "-",
            ]
        )
    )
)
@settings(max_examples=300)
def test_whatever_is_typed_it_is_either_refused_in_sentences_or_makes_a_letter(parts: list[str]) -> None:
    source = "Subject\n\n" + "".join(parts) + "\n\n[Open]({{ link }})\n"

    if problems_of(Template.DEADLINE_MOVED, source) == []:
        written = render(Template.DEADLINE_MOVED, example(Template.DEADLINE_MOVED), own=OwnWords(source, 1))
        assert written.fell_back_from is None
