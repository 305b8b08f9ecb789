"""A web page that came in place of a report is known; a report is never taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.not_report import not_a_report

SENTENCE = "Inspectors saw that children were seen alone by social workers and that young people were heard. "


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("We use cookies. Cookies count visits. A cookie is small. Accept cookies? Cookies!", "about cookies"),
        ("404 Not Found\nnginx", "not found"),
        ("Report not found\nSorry, the document you requested no longer exists.", "not found"),
        ("The page you were looking for could not be found. Inspection reports: search.", "not found"),
        ("Access Denied\nYou don't have permission.", "access was denied"),
        ("403 - Forbidden", "access was denied"),
        ("Please enable JavaScript to view this page.", "JavaScript"),
        ("This site requires\nJavaScript", "JavaScript"),
        ("Just a moment. Verifying you are human. This may take a few seconds.", "human"),
        ("Checking if the site connection is secure", "human"),
        ("Sign in\nEmail address\nPassword\nForgotten your password?", "sign in"),
        ("Sorry, there is a problem with the service. Try again later.", "out of order"),
        ("502 Bad Gateway", "out of order"),
        ("Internal Server Error", "out of order"),
    ],
)
def test_a_page_in_place_of_a_report_is_named(text: str, said: str) -> None:
    reason = not_a_report(text)
    assert reason
    assert said in reason
    assert reason.startswith("It is a web page ")


@pytest.mark.parametrize(
    "beside",
    [
        "We use cookies. Accept cookies? Reject cookies? Cookie settings. More about cookies.",
        "Please enable JavaScript.",
        "Sign in to comment. Forgot your password?",
        "Page not found",
    ],
)
def test_a_report_with_such_words_beside_it_stays_a_report(beside: str) -> None:
    assert not_a_report(beside + SENTENCE * 3) is None


def test_a_long_text_that_mentions_an_error_is_no_error_page() -> None:
    assert not_a_report("The page was not found. " + "Much else is said here. " * 100) is None


def test_a_text_that_mentions_cookies_now_and_then_is_not_about_them() -> None:
    assert not_a_report("The biscuit barrel held cookies. " + "Much else is said here. " * 80 + "Cookies! " * 5) is None


def test_no_report_here_is_taken_for_a_page() -> None:
    reports = [
        path for path in Path(__file__).parents[1].joinpath("reports").iterdir() if path.suffix in (".txt", ".md")
    ]
    assert reports
    assert {not_a_report(path.read_text(encoding="utf-8")) for path in reports} == {None}
