"""Real Chromium, and a person in front of it who does what people do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.support.people import name_of, password_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Locator,
        Page,
        Playwright,
        Request,
        Response,
    )

#: Where Debian puts it: the one without windows first, which takes half the processor time.
BROWSERS: Final = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
#: No sandbox because continuous integration runs as root; the rest keeps it from calling home.
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: Chromium reports refused pages as failed resources; the tests look at these pages anyway.
REFUSED_PAGE: Final = re.compile(r"Failed to load resource: .* status of 4\d\d")
WIDE: Final = (1366, 768)
NARROW: Final = (390, 844)
#: A script's request leaves, and what comes back is drawn, within two frames.
_TWO_FRAMES: Final = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def launch(playwright: Playwright) -> Browser:
    """Start Chromium.

    Raises:
        FileNotFoundError: it is not installed.
    """
    installed = next((browser for browser in BROWSERS if browser.exists()), None)
    if installed is None:
        raise FileNotFoundError(f"{BROWSERS[0]} is missing; run `make setup` as root or with sudo")
    return playwright.chromium.launch(executable_path=installed, args=list(ARGUMENTS))


@dataclass
class Watch:
    """Collects what must never happen on any page.

    Attributes:
        address: the only place that may be asked for anything.
        troubles: what happened.
    """

    address: str
    troubles: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Listen to ``page``; a violation of the CSP is an error on the console."""
        page.on("console", lambda message: self._console(page, message))
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("request", lambda request: self._request(request.url))

    def _console(self, page: Page, message: ConsoleMessage) -> None:
        refused = REFUSED_PAGE.match(message.text) and message.location["url"] == page.url
        if message.type in ("error", "warning") and not refused:
            self.troubles.append(f"console {message.type} on {page.url}: {message.text}")

    def _request(self, url: str) -> None:
        if urlsplit(url).scheme in ("data", "blob", "about"):
            return
        if not url.startswith(self.address):
            self.troubles.append(f"request to {url}")


@dataclass
class Person:
    """Somebody who has logged in.

    Attributes:
        login: user name.
        page: the one open page.
        address: the server.
        password: the demonstration data's, if empty.
    """

    login: str
    page: Page
    address: str
    password: str = ""
    _under_way: set[Request] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Keep count of the requests that scripts make."""
        self.page.on("request", self._begin)
        self.page.on("requestfinished", self._finish)
        self.page.on("requestfailed", self._finish)

    def _begin(self, request: Request) -> None:
        if request.resource_type in ("fetch", "xhr"):
            self._under_way.add(request)

    def _finish(self, request: Request) -> None:
        self._under_way.discard(request)

    @property
    def name(self) -> str:
        """The person's name as others see it."""
        return name_of(self.login)

    def log_in(self) -> None:
        """Fill in the log-in page."""
        self.page.goto(f"{self.address}/login")
        self.page.get_by_label("用户名").fill(self.login)
        self.page.get_by_label("密码").fill(self.password or password_of(self.login))
        self.page.get_by_role("button", name="登录", exact=True).click()
        expect(self.page).to_have_url(f"{self.address}/worklist/todo")

    def titles(self, box: str = "todo") -> list[str]:
        """Return the titles in one of the lists."""
        self.page.goto(f"{self.address}/worklist/{box}")
        return self.page.locator("a.row-title").all_inner_texts()

    def start(self, process: str) -> None:
        """Start a procedure by its name in the catalogue."""
        self.page.goto(f"{self.address}/start")
        self.page.get_by_role("button", name=f"发起 {process}").click()
        expect(self.page).to_have_url(re.compile(r"/tasks/\d+$"))
        self.page.wait_for_load_state()

    def open(self, title: str) -> None:
        """Open a work item from the list."""
        self.page.goto(f"{self.address}/worklist/todo")
        self.page.get_by_role("link", name=title, exact=True).first.click()
        expect(self.page).to_have_url(re.compile(r"/tasks/\d+\?list="))
        self.page.wait_for_load_state()

    def open_started(self, title: str) -> None:
        """Open the page of a matter from the list of what this person started."""
        self.page.goto(f"{self.address}/worklist/started")
        self.page.get_by_role("link", name=title, exact=True).first.click()
        expect(self.page).to_have_url(re.compile(r"/instances/\d+$"))
        self.page.wait_for_load_state()

    def fill_in(self, answers: Mapping[str, Any], prefix: str = "") -> None:
        """Fill in the form by its field names, top to bottom, as far as it is shown."""
        for key, value in answers.items():
            if isinstance(value, list):
                for number, row in enumerate(value):
                    self.fill_in(row, f"{prefix}{key}-{number}-")
            else:
                self.answer(f"{prefix}{key}", str(value))

    def answer(self, name: str, value: str) -> None:
        """Put ``value`` into the field called ``name`` and wait until the page has settled."""
        self._put(name, value)
        self.settle()

    def _put(self, name: str, value: str) -> None:
        inputs = self.page.locator(f"main [name='{name}']:not([type=hidden])")
        expect(inputs.first).to_be_attached()
        kind = inputs.first.get_attribute("type")
        if kind == "radio":
            choice = self.page.locator(f"main input[name='{name}'][value='{value}']")
            if not choice.count():
                self._search(name, value)
            self._unfold(choice)
            choice.check()
        elif self.page.locator(f"main select[name='{name}']").count():
            inputs.first.select_option(value)
        elif inputs.first.get_attribute("readonly") is None:
            inputs.first.fill(value)
            inputs.first.blur()

    def _search(self, name: str, words: str) -> None:
        """Find a choice that a long list does not show at first."""
        words_field = self.page.locator(f"main input[name='_q-{name}']")
        self._unfold(words_field)
        words_field.fill(words)
        words_field.locator("xpath=../button").click()
        expect(self.page.locator(f"main input[name='{name}'][value='{words}']")).to_be_visible()

    def _unfold(self, inside: Locator) -> None:
        for folded in inside.locator("xpath=ancestor::details[not(@open)]").all():
            folded.locator("summary").first.click()

    def choices(self, name: str) -> list[str]:
        """Return the values that may be chosen in the field called ``name``."""
        field = self.page.locator(f"main select[name='{name}'] option, main input[name='{name}']")
        values = field.evaluate_all("all => all.map(one => one.value)")
        return [value for value in values if value]

    def number_of(self, title: str) -> str:
        """Return the business number on the page of a matter that this person started."""
        self.open_started(title)
        number = self.page.locator("dl.matter-facts dt", has_text="编号").locator("xpath=../dd")
        return number.inner_text() if number.count() else ""

    def type_in(self, answers: Mapping[str, Any], prefix: str = "") -> None:
        """Fill in the form without waiting for anything to change, as without scripts."""
        for key, value in answers.items():
            if isinstance(value, list):
                for number, row in enumerate(value):
                    self.type_in(row, f"{prefix}{key}-{number}-")
            else:
                self._put(f"{prefix}{key}", str(value))

    def refresh(self) -> None:
        """Press the button that shows the form again for the answers so far."""
        self.page.locator("main .form-fields > [name='_refresh']").click()

    def attach(self, name: str, file: Path) -> None:
        """Choose a file in the file field called ``name``."""
        self.page.locator(f"main input[type=file][name='{name}']").set_input_files(file)
        self.settle()

    def say(self, opinion: str) -> None:
        """Write the opinion."""
        self.page.get_by_label("办理意见").fill(opinion)

    def press(self, outcome: str) -> None:
        """Press one of the buttons that the diagram draws."""
        self.page.get_by_role("group", name="办理").get_by_role(
            "button", name=outcome, exact=True
        ).click()

    def press_and_see(self, outcome: str) -> Response:
        """Press a button and return the server's answer to it."""
        with self.page.expect_response(
            lambda answer: answer.request.is_navigation_request()
        ) as one:
            self.press(outcome)
        self.page.wait_for_load_state()
        return one.value

    def decide(self, title: str, outcome: str, opinion: str = "同意。") -> None:
        """Open a work item, write an opinion, press a button, see that it was done."""
        self.open(title)
        self.say(opinion)
        self.press(outcome)
        self.expect_done()

    def expect_done(self) -> None:
        """See what the completion has led to: a page, or a line above the next task."""
        heading = self.page.get_by_role("heading", name="已办理")
        expect(heading.or_(self.page.locator("[data-done]")).first).to_be_visible()

    def settle(self) -> None:
        """Wait until the form has been shown again for what was answered."""
        self.page.evaluate(_TWO_FRAMES)
        while self._under_way:
            self.page.wait_for_timeout(5)
        self.page.evaluate(_TWO_FRAMES)


def context_of(browser: Browser, size: tuple[int, int] = WIDE, **options: Any) -> BrowserContext:
    """Open a browser window of its own, Chinese, ``size`` in CSS pixels."""
    width, height = size
    return browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": width, "height": height},
        **options,
    )
