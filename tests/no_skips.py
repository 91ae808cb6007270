"""A skipped test is a failed one: whoever cannot run it is told so instead of seeing a green line."""

from collections.abc import Generator

import pytest

SKIPPED = "This test was skipped, and none may be: install what it asks for, or delete it.\n"


def told(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure that quotes its reason; an expected failure (xfail) stays what it is."""
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = SKIPPED + reason


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Look at each test's report."""
    report = yield
    told(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Look at each module's report: `importorskip` skips a whole one."""
    report = yield
    told(report)
    return report
