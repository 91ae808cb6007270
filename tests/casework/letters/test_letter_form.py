"""The form of a letter: what its source makes, and that no value that is filled in can become form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.letters.form import Facts, Heading, Item, Items, LetterMisshapen, Link, Paragraph, Words, as_text, parse
from casework.letters.frames import source_environment

SOURCE = """{{ reference }}: what is due

Two stages are yours.
Please look at them.

- Review: {{ reference }}
- Agency: {{ nothing }}
{% if reference %}
- Stage: {{ stage }}
{% endif %}

# Overdue
{% for item in items %}
* [{{ item.title }}]({{ item.link }}) | {{ item.reference }} | {{ nothing }}
{% endfor %}
* No link here | {{ stage }}

[Open the review]({{ link }})
[Answer]({{ nothing }})

---
Small print{% if nothing %}, not said{% endif %}

of two paragraphs.
"""


def filled_in(source: str, **values: object) -> Words:
    """The words of a source with these values."""
    return parse(source_environment().from_string(source).render(values))


def test_a_source_becomes_subject_paragraphs_facts_headings_items_links_and_small_print() -> None:
    listed = [{"title": "Report", "link": "http://x/1", "reference": "SCR-1"}]
    words = filled_in(SOURCE, reference="SCR-1", nothing=None, stage="Scoping", link="http://x/", items=listed)

    assert words == Words(
        subject="SCR-1: what is due",
        blocks=(
            Paragraph("Two stages are yours.\nPlease look at them."),
            Facts((("Review", "SCR-1"), ("Stage", "Scoping"))),
            Heading("Overdue"),
            Items((Item("Report", "http://x/1", ("SCR-1",)), Item("No link here", "", ("Scoping",)))),
            Link("Open the review", "http://x/"),
        ),
        small_print=("Small print", "of two paragraphs."),
    )


@pytest.mark.parametrize(
    "value",
    [
        "- a: b",
        "* a",
        "# a",
        "[a](http://x)",
        "---",
        "a | b",
        "a: b",
        "one\n\n[a](http://x)",
        "a\r\n# b",
        "\ue02d\ue05b",
    ],
)
def test_a_value_that_is_filled_in_is_words_wherever_it_stands(value: str) -> None:
    lines = ("{{ value }}", "{{ value }}", "- {{ value }}: {{ value }}", "* {{ value }} | {{ value }}", "# {{ value }}")
    said = " ".join("".join(letter if letter.isprintable() else " " for letter in value).split())
    filled = filled_in("\n\n".join(lines), value=value)

    if said:
        kinds = (Paragraph(said), Facts(((said, said),)), Items((Item(said, "", (said,)),)), Heading(said))
        assert filled == Words(said, kinds)
    else:
        assert filled.addresses == ()


@given(st.text())
def test_whatever_a_value_is_it_brings_no_link_and_no_line(value: str) -> None:
    words = filled_in("Subject\n\nThe stage “{{ value }}” is yours.\n\n[{{ value }}.](http://x/)\n", value=value)

    assert words.addresses == ("http://x/",)
    assert [block.kind for block in words.blocks] == ["paragraph", "link"]
    assert "\n" not in as_text(value)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("- Review", "‘- Review’ begins with -, but is not a fact. Write it as ‘- Name: value’."),
        ("[Open the stage]", "‘[Open the stage]’ begins with [, but is not a link. Write ‘[Open the stage](address)’."),
    ],
)
def test_a_line_out_of_form_is_quoted_with_its_remedy(line: str, said: str) -> None:
    with pytest.raises(LetterMisshapen) as refusal:
        parse(f"Subject\n\n{line}\n")

    assert str(refusal.value) == said
