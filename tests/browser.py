"""A real headless Chromium for the tests of pages.

Import its fixtures into a `conftest.py`. Where there is no Chromium the tests are
skipped and say so; with CI=true that is a failure.
"""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Error, Page, Request, async_playwright

PLACES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# A page on loopback that takes longer has hung.
PATIENCE_MS = 10_000

USUAL: Any = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", "timezone_id": "UTC"}

OpenPage = Callable[..., Awaitable[Page]]


def chromium() -> str:
    """Where Chromium is; without one the test is skipped, or fails where CI=true."""
    found = next((place for place in PLACES if Path(place).is_file()), None) or shutil.which("chromium")
    if found is not None:
        return found
    missing = "no Chromium on this machine: the tests in a browser did not run (Debian: apt install chromium)"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests of a run."""
    executable = chromium()
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield launched
        await launched.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def standing_page(browser: Browser) -> AsyncIterator[Page]:
    """A page of ordinary size that tests share, since opening one takes longer than most tests."""
    context = await browser.new_context(**USUAL)
    context.set_default_timeout(PATIENCE_MS)
    yield await context.new_page()
    await context.close()


@pytest.fixture
def complaints() -> list[str]:
    """What a page did that it should not have; a test that expects one takes it out."""
    return []


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, standing_page: Page, complaints: list[str]) -> AsyncIterator[OpenPage]:
    """Opens an address, without cookies; with options (as of `Browser.new_context`) in a context of its own.

    Whatever the test asserts: no script may fail, nothing may be written to the console, and no
    request may leave the page's own origin.
    """
    async with AsyncExitStack() as opened:

        async def open_at(address: str, **options: Any) -> Page:
            page = standing_page
            if options:
                context = await opened.enter_async_context(await browser.new_context(**(USUAL | options)))
                context.set_default_timeout(PATIENCE_MS)
                page = await context.new_page()
            opened.callback(_watch(page, address, complaints))
            await page.goto(address)
            return page

        yield open_at
        await standing_page.goto("about:blank")
        await standing_page.context.clear_cookies()
    assert not complaints


def _watch(page: Page, address: str, complaints: list[str]) -> Callable[[], None]:
    """Note what goes wrong from now on, until the function that is returned is called."""
    origin = "/".join(address.split("/")[:3]) + "/"

    def on_request(request: Request) -> None:
        if not request.url.startswith((origin, "about:")):
            complaints.append(f"a request left the page: {request.url}")

    def on_console(message: ConsoleMessage) -> None:
        complaints.append(f"console: {message.type}: {message.text}")

    def on_error(error: Error) -> None:
        complaints.append(f"script: {error}")

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", on_error)

    def stop() -> None:
        page.remove_listener("request", on_request)
        page.remove_listener("console", on_console)
        page.remove_listener("pageerror", on_error)

    return stop
