"""A token of another bot: one clear line, nothing sent, nothing lost."""

import asyncio
from pathlib import Path

from bot.chats.belonging import belongs_to
from bot.chats.sealing import open_seal
from tests.app.process import running, started
from tests.app.scene import address_of, chats_in, remembered_today, states_in, subscribe
from tests.databases import opened, sqlite_url
from tests.telegram import TelegramServer

OTHER = "987654321:AAtest-token_of-another-bot_00000000000"


def test_a_token_of_another_bot_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    home, records = tmp_path / "home", remembered_today(tmp_path)
    with TelegramServer() as server, running(home, server, **records) as process:
        assert process.stop()[0] == 0
    with TelegramServer(token=OTHER) as other:
        channel = other.people.add_channel("Memory")
        subscribe(home, address_of(channel))
        before = chats_in(home)
        with started(home, other, **records) as process:
            status = process.ended()
        (line,) = process.err

        assert status == 1
        assert line.startswith("vigil: VIGIL_TELEGRAM_TOKEN: found the token of another bot")
        assert "--rebind" in line
        assert OTHER not in line
        assert other.requests == []
        assert other.sent == []
    assert chats_in(home) == before
    assert states_in(home) == []


def test_a_refused_token_takes_no_database(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with TelegramServer() as server, started(home, server, telegram_token=OTHER) as process:
        assert process.ended() == 1
    assert _owner(home) is None


def _owner(home: Path) -> str | None:
    async def read() -> str | None:
        async with opened(sqlite_url(home)) as database:
            return await belongs_to(database, await open_seal(database, home / "vigil.key"))

    return asyncio.run(read())
