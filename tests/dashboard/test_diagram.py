"""The diagram of a review type on the dashboard and on the command line."""

from pathlib import Path

import pytest

from casework.views.diagram.drawing import diagram
from dashboard.cli import main
from models.vocabulary import Methodology
from tests.dashboard.house import STRANGER, House
from tests.walking import CHAIR, MANAGER, launched

PICTURE = "/boards/northamptonshire/serious-case-review/diagram.svg"


def test_whoever_has_a_role_on_the_board_sees_the_picture_that_the_table_makes(home: House) -> None:
    launched(home.store)

    shown = home.signed_in(CHAIR).get(PICTURE)

    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/svg+xml")
    assert shown.text == diagram("serious-case-review", "northamptonshire")


def test_others_do_not_see_it(home: House) -> None:
    launched(home.store)

    assert home.signed_in(STRANGER).get(PICTURE).status_code in (403, 404)
    assert home.browser().get(PICTURE).status_code == 303


def test_the_policy_lets_a_page_show_it_and_nothing_in_it_needs_more(home: House) -> None:
    launched(home.store)
    shown = home.signed_in(CHAIR).get(PICTURE)

    assert "img-src 'self'" in shown.headers["content-security-policy"]
    assert [what for what in ("<script", "<style", "style=", "url(http", "<image") if what in shown.text] == []


def test_the_boards_page_and_the_launch_page_lead_to_it(home: House) -> None:
    launched(home.store)
    manager = home.signed_in(MANAGER)

    board, launch = manager.get("/boards/northamptonshire").text, manager.get("/launch").text

    assert (f'src="{PICTURE}"' in board, f'href="{PICTURE}"' in board, f'href="{PICTURE}"' in launch) == (
        True,
        True,
        True,
    )


@pytest.mark.parametrize(
    "path", ["/boards/northamptonshire/deep-dive/diagram.svg", "/boards/northamptonshire/nonsense/diagram.svg"]
)
def test_a_type_that_the_board_does_not_run_is_not_there(home: House, path: str) -> None:
    launched(home.store)

    assert home.signed_in(CHAIR).get(path).status_code == 404


def test_the_command_prints_it_or_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked, file = ["diagram", "light-touch-review", "--board", "gloucestershire"], tmp_path / "picture.svg"

    printed = (main(asked), capsys.readouterr().out)
    written = (main([*asked, "--out", str(file)]), capsys.readouterr().out)

    assert printed == (0, diagram("light-touch-review", "gloucestershire"))
    assert written == (0, f"{file} is drawn. Open it in a browser, or print it.\n")
    assert file.read_text() == printed[1]


def test_the_command_takes_a_methodology_and_an_edition(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["diagram", "serious-case-review", "--board", "gloucestershire", "--edition", "WT2013"]

    assert main([*asked, "--methodology", "traditional"]) == 0
    assert capsys.readouterr().out == diagram(
        "serious-case-review", "gloucestershire", edition_key="WT2013", methodology=Methodology.TRADITIONAL
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--edition", "WT2011"], "There is no edition ‘WT2011’. The editions are: "),
        (["--methodology", "guessing"], "'guessing' is not one of 'traditional'"),
        (
            ["--out", "/nowhere/at/all.svg"],
            "/nowhere/at/all.svg: cannot be written (No such file or directory). Give a",
        ),
    ],
)
def test_what_cannot_be_drawn_or_written_is_refused(
    more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["diagram", "serious-case-review", "--board", "gloucestershire", *more])
    out, err = capsys.readouterr()

    assert (code, out, said in err) == (2, "", True)
