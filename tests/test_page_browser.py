"""The page in a real browser, on the five reports, without a language model."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from index.embed import open_embedder
from index.records import IndexProblem
from index.search import open_index
from index.weights import ModelStatus, embedding_model, status
from rag.settings import Settings

pytestmark = pytest.mark.browser

PROJECT = Path(__file__).resolve().parent.parent
QUESTION = "What was the overall judgement for Sandwell in 2015?"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SIZE = {"width": 1280, "height": 900}
START_SECONDS = 60.0
WAIT = 60_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a page that is being served, by the command that readers of the README use."""
    settings = Settings(model="none")
    if status(embedding_model(), settings.models) is not ModelStatus.PRESENT:
        pytest.skip("The embedding model is not fetched: python -m rag models")
    try:
        open_index(settings.index, open_embedder(settings))
    except IndexProblem as problem:
        pytest.skip(str(problem))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    server = subprocess.Popen(
        command,
        cwd=PROJECT,
        env={**os.environ, "CHAPTER_VERSE_MODEL": "none"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail(f"The page did not start (exit status {server.poll()}).")


@pytest.fixture
def asked() -> list[str]:
    """Every address that the page asked the network for."""
    return []


@pytest.fixture
def page(browser: Browser, address: str, asked: list[str]) -> Iterator[Page]:
    context = browser.new_context(viewport=SIZE, color_scheme="light")
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    _box(page).wait_for(timeout=WAIT)
    yield page
    context.close()


def _box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Ask about")


def _ask(page: Page, question: str) -> Locator:
    """Ask, and wait for the answer: the last message of the conversation."""
    answers = page.locator(".badge")
    before = answers.count()
    _box(page).fill(question)
    _box(page).press("Enter")
    expect(answers).to_have_count(before + 1, timeout=WAIT)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=WAIT)
    return page.get_by_test_id("stChatMessage").last


def test_the_canonical_question_is_answered_with_its_report_dates_and_quote(page: Page) -> None:
    answer = _ask(page, QUESTION)

    expect(answer.get_by_text("Answered from the reports")).to_be_visible()
    expect(answer.locator("p", has_text="Sandwell was judged inadequate overall")).to_be_visible()
    card = answer.locator("details.card").first
    for words in ("[1]", "Sandwell inspection", "27 January to 19 February 2015", "published 5 June 2015"):
        expect(card.locator("summary")).to_contain_text(words)
    quote = card.locator("mark")
    expect(quote).to_be_visible()
    expect(quote).to_contain_text("inadequate")
    assert quote.evaluate("mark => getComputedStyle(mark).backgroundColor") == "rgb(255, 239, 163)"


def test_an_example_can_be_pressed(page: Page) -> None:
    page.get_by_role("button", name=QUESTION).click()

    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    expect(page.locator(".badge")).to_have_count(1, timeout=WAIT)
    expect(page.get_by_role("heading", name="For example")).to_have_count(0)


def test_a_longer_answer_is_read_from_its_beginning_and_its_tokens_lead_to_the_quotes(page: Page) -> None:
    _ask(page, QUESTION)
    question = "What needs to improve in Sandwell, according to the 2025 focused visit?"
    answer = _ask(page, question)

    expect(page.get_by_role("heading", name=question)).to_be_in_viewport()
    last = answer.locator("a.token").last
    last.click()
    expect(answer.locator(f"mark{last.get_attribute('href')}")).to_be_in_viewport()


def test_a_passage_that_was_closed_stays_closed(page: Page) -> None:
    card = _ask(page, QUESTION).locator("details.card").first
    card.locator("summary").click()
    expect(card.locator("mark")).to_be_hidden()
    _ask(page, "How is Birmingham doing?")

    expect(page.locator("details.card").first.locator("mark")).to_be_hidden()
    expect(page.locator(".badge").last).to_have_text("No answer found in the reports")


def test_markup_in_a_question_is_only_text(page: Page) -> None:
    question = "<b>Bold</b> # _it_ $x$ [y](javascript:alert(1)) :smile: <img src=x onerror=alert(1)>"
    _ask(page, question)

    expect(page.get_by_role("heading", name=question)).to_be_visible()
    expect(page.locator(".question b, .question img, .question a")).to_have_count(0)


def test_nothing_is_asked_of_any_other_machine(page: Page, asked: list[str], address: str) -> None:
    _ask(page, QUESTION)

    assert asked
    assert not [url for url in asked if not url.startswith((address, "data:", "blob:"))]


def test_headings_and_labels_are_real(page: Page) -> None:
    _ask(page, QUESTION)

    expect(page.get_by_role("heading", level=1)).to_have_text("Chapter & Verse")
    expect(page.get_by_role("heading", level=2, name="Reports held")).to_be_visible()
    expect(page.get_by_role("heading", level=2, name=QUESTION)).to_be_visible()
    expect(page.get_by_role("heading", level=3)).to_have_count(1)
    expect(page.get_by_role("button", name="New conversation")).to_be_visible()


def test_a_summary_shows_where_the_focus_is(page: Page) -> None:
    summary = _ask(page, QUESTION).locator("summary").first
    page.keyboard.press("Tab")
    summary.focus()

    assert summary.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"
