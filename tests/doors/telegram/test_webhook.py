"""The webhook at Telegram's side: set with our secret, kept, watched and taken away."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bot.doors.public.webhook import Hook
from bot.doors.telegram.updates import KINDS
from bot.doors.telegram.webhook import WebhookKeeper, WebhookStatus, webhook_status
from bot.outbox.transport import Fate, TransportError
from tests.doors.telegram.conftest import Porch
from tests.telegram.faults import BAD_GATEWAY

HOOK = Hook("http://127.0.0.1:9/telegram", "/telegram", "s3-cret_of_ours")


class Keeping:
    """A keeper at work, looking again and again."""

    def __init__(self, porch: Porch) -> None:
        self.porch = porch
        self.tasks: list[asyncio.Task[None]] = []

    def begin(self, hook: Hook = HOOK) -> asyncio.Task[None]:
        self.keeper = WebhookKeeper(self.porch.wire, hook, back_off_s=0.01, look_every_s=0.02)
        self.tasks.append(asyncio.create_task(self.keeper.run()))
        return self.tasks[-1]

    async def looked(self, times: int = 2) -> None:
        """Wait until Telegram was asked how it fares so many times more."""
        before = self.porch.server.methods["getWebhookInfo"]
        await self.porch.server.wait_for(lambda: self.porch.server.methods["getWebhookInfo"] >= before + times)


@pytest.fixture
async def keeping(closed: Porch) -> AsyncIterator[Keeping]:
    await closed.wire.start()
    made = Keeping(closed)
    yield made
    made.keeper.stop()
    await asyncio.gather(*made.tasks, return_exceptions=True)


async def test_it_is_set_with_the_secret_and_nothing_that_waits_is_dropped(keeping: Keeping, closed: Porch) -> None:
    closed.people.say(closed.people.add_user(), "/today")
    keeping.begin()
    await closed.server.wait_for(lambda: closed.server.state.webhook.url)

    assert closed.server.state.webhook.url == HOOK.url
    assert closed.server.state.webhook.secret_token == HOOK.secret
    assert closed.server.updates.allowed == frozenset(KINDS)
    assert len(closed.server.updates.pending()) == 1


async def test_stopping_leaves_it_for_whoever_listens_next(keeping: Keeping, closed: Porch) -> None:
    task = keeping.begin()
    await keeping.looked(1)
    keeping.keeper.stop()
    await task

    assert closed.server.state.webhook.url == HOOK.url


async def test_what_telegram_could_not_bring_is_told_once_in_its_words(keeping: Keeping, closed: Porch) -> None:
    closed.server.webhook.retry_s = 60
    closed.people.say(closed.people.add_user(), "/today")
    with capture_logs() as logs:
        keeping.begin()
        await closed.server.wait_for(lambda: closed.server.state.webhook.last_error)
        await keeping.looked(4)

    assert [(log["error"], log["waiting"]) for log in logs] == [("Connection refused", 1)]
    status = await webhook_status(closed.wire)
    assert (status.url, status.waiting, status.error) == (HOOK.url, 1, "Connection refused")
    assert status.error_at is not None and status.error_at.tzinfo is not None


async def test_one_that_was_taken_away_is_set_again(keeping: Keeping, closed: Porch) -> None:
    with capture_logs() as logs:
        keeping.begin()
        await keeping.looked(1)
        await closed.wire.bot.delete_webhook()
        await closed.server.wait_for(lambda: closed.server.methods["setWebhook"] == 2)

    assert ["took this bot's webhook away" in log["event"] for log in logs] == [True]


async def test_an_outage_is_waited_out(keeping: Keeping, closed: Porch) -> None:
    closed.server.faults.script(*[BAD_GATEWAY] * 3, method="setWebhook")
    with capture_logs() as logs:
        keeping.begin()
        await keeping.looked()

    assert [log["event"][:22] for log in logs] == ["Telegram does not answ", "Telegram answers again"]


async def test_an_address_that_telegram_refuses_is_told_in_its_words(keeping: Keeping, closed: Porch) -> None:
    with capture_logs() as logs:
        keeping.begin(Hook("https://vigil.example:8080/telegram", "/telegram", HOOK.secret))
        await closed.server.wait_for(lambda: closed.server.methods["setWebhook"] >= 3)

    assert len(logs) == 1
    assert "VIGIL_WEBHOOK_URL" in logs[0]["event"]
    assert "ports 80, 88, 443 or 8443" in logs[0]["reason"]


async def test_a_refused_token_ends_it(keeping: Keeping, closed: Porch) -> None:
    closed.server.state.token = "123456789:another-token_0000000000000000000"
    with capture_logs(), pytest.raises(TransportError) as caught:
        await keeping.begin()

    assert caught.value.fate is Fate.STOP


async def test_without_one_there_is_nothing_to_tell(closed: Porch) -> None:
    await closed.wire.start()

    assert await webhook_status(closed.wire) == WebhookStatus("", 0)
