"""What Prefect may know of an error."""

import pytest

from models.errors import InputError
from tasks.redact_errors import TaskFailed, redact_errors


def test_prefect_learns_the_name_of_the_task_and_the_kind_of_error_only() -> None:
    with pytest.raises(TaskFailed) as failure, redact_errors("chair-decision: draft"):
        raise ValueError("alex.author@social-care.example knew the family")

    assert str(failure.value) == "chair-decision: draft: ValueError. The worker's log says where."
    assert (failure.value.__cause__, failure.value.__suppress_context__) == (None, True)


ADDRESS = "alex.author@social-care.example"


def test_the_log_says_where_and_not_what(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(TaskFailed), redact_errors("draft"):
        raise ValueError(ADDRESS)

    assert "test_redact_errors.py" in caplog.text
    assert "alex.author" not in caplog.text


def test_our_own_sentences_are_kept_and_of_others_only_the_kind() -> None:
    kept: list[str] = []
    for trouble in (InputError("reasons: is empty."), ValueError("alex.author@social-care.example")):
        with pytest.raises(TaskFailed), redact_errors("draft", tell=kept.append):
            raise trouble

    assert kept == ["reasons: is empty.", "ValueError"]
