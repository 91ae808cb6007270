"""The walks know an answer for everything that any stage asks."""

from datetime import date

from casework.framework.pipelines import PIPELINES
from models.forms.learning import PublicationPeriodEnded
from tests.conformance.answers import ANSWERS, Setting


def test_there_is_an_answer_for_every_form_that_people_fill_in_and_each_is_a_valid_one() -> None:
    asked = {stage.form for table in PIPELINES.values() for stage in table.stages} - {PublicationPeriodEnded}

    assert set(ANSWERS) == asked
    for form, answers in ANSWERS.items():
        form.model_validate(answers(Setting("serious-case-review", date(2016, 2, 29))))


def test_no_two_walks_share_an_answer() -> None:
    setting = Setting("deep-dive", date(2016, 2, 29))

    for answers in ANSWERS.values():
        first, second = answers(setting), answers(setting)
        assert first == second
        for name, value in first.items():
            if isinstance(value, (dict, list)):
                assert value is not second[name], name
