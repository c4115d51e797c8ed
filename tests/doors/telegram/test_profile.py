"""Commands and descriptions, as Telegram shows them before Start is pressed."""

from structlog.testing import capture_logs

from bot.commands.menu import bot_description, menu, short_description
from bot.doors.telegram.profile import Profile, ProfileTexts, publish
from bot.posts.translations import LANGUAGES
from bot.transports.telegram_wire import Wire
from tests.telegram import TelegramServer
from tests.telegram.faults import flood

PROFILE = Profile(
    {code: ProfileTexts(menu(code), bot_description(code), short_description(code)) for code in LANGUAGES}
)


def set_requests(server: TelegramServer) -> int:
    return sum(count for method, count in server.methods.items() if method.startswith("setMy"))


async def test_profile_speaks_each_language_and_english_to_the_rest() -> None:
    async with TelegramServer() as server, Wire(server.token, server.api) as wire:
        await publish(wire, PROFILE)
        assert set(server.commands) == {("default", code) for code in ("", *LANGUAGES[1:])}
        assert [c["command"] for c in server.commands["default", "be"]] == [name for name, _ in menu("be")]
        assert server.state.profile.descriptions == {"": bot_description("en")} | {
            code: bot_description(code) for code in LANGUAGES[1:]
        }


async def test_profile_that_stands_already_is_not_written_again() -> None:
    async with TelegramServer() as server, Wire(server.token, server.api) as wire:
        await publish(wire, PROFILE)
        written = set_requests(server)
        await publish(wire, PROFILE)
        assert set_requests(server) == written


async def test_profile_that_may_not_be_written_now_is_left_to_the_next_start() -> None:
    async with TelegramServer() as server, Wire(server.token, server.api) as wire:
        server.faults.script(flood(9), method="setMyCommands")
        with capture_logs() as logs:
            await publish(wire, PROFILE)
        assert [log["reason"] for log in logs] == ["http_429"]
