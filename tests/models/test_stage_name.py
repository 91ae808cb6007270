"""The name of a stage: what is put together is read back, and what somebody typed is taken for no more than it says."""

import pytest

from models.stage_name import StageName


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (StageName("chair-decision"), "chair-decision"),
        (StageName("agency-report", "example-police"), "agency-report:example-police"),
    ],
)
def test_a_name_is_read_as_it_was_put_together(name: StageName, text: str) -> None:
    assert (str(name), StageName.read(text)) == (text, name)


@pytest.mark.parametrize(
    ("typed", "key", "slug"),
    [("agency-report:", "agency-report", None), (":police", "", "police"), ("", "", None), ("a:b:c", "a", "b:c")],
)
def test_what_is_typed_wrongly_is_read_without_trouble(typed: str, key: str, slug: str | None) -> None:
    assert StageName.read(typed) == StageName(key, slug)
