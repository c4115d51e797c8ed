"""Where the bot writes: the operators' chat, and channels and groups with the rights it has there."""

from collections.abc import AsyncIterator

from bot.app.telegram import Telegram
from bot.chats.address import Address, ChatKind
from bot.chats.notation import masked, read_address
from bot.operating.checks.asking import asked, unanswered
from bot.operating.finding import Finding, ok, problem, warning
from bot.outbox.limiter import Limiter
from bot.outbox.transport import Fate, TransportError
from bot.outbox.windows import Rates
from bot.settings import Settings

# Beside a running bot, which sends up to thirty a second.
_ASKS_A_SECOND = 5.0


async def check_operators(telegram: Telegram, settings: Settings) -> Finding:
    """Whether reports reach somebody, and nobody else."""
    if not settings.operators:
        return warning("operators", "nobody is told of what needs a person", "set VIGIL_OPERATORS")
    try:
        return await _operators(telegram, read_address(settings.operators))
    except TransportError as exc:
        if exc.fate is not Fate.CHAT_GONE:
            return unanswered("operators", exc)
    advice = "press Start in a chat with the bot, from the operators' account, or add the bot to the channel"
    return problem("operators", "Telegram does not show this chat to the bot", advice)


async def check_rights(telegram: Telegram, addresses: list[Address]) -> AsyncIterator[Finding]:
    """Whether the bot may post in each of these channels and groups, a few a second."""
    limiter = Limiter(Rates(all_per_s=_ASKS_A_SECOND))
    wrong = 0
    for address in addresses:
        try:
            async with limiter.take(address) as turn:
                turn.written()
                rights = await asked(telegram.transport.rights(address))
        except TransportError as exc:
            wrong += 1
            yield unanswered(f"rights in {masked(address)}", exc)
            continue
        if not rights.post:
            wrong += 1
            advice = "make the bot administrator there with the right to post, or `vigil chats remove` it"
            yield problem(f"rights in {masked(address)}", "the bot may not post", advice)
    yield ok("rights", f"the bot may post in {len(addresses) - wrong} of {len(addresses)} channels and groups")


async def _operators(telegram: Telegram, address: Address) -> Finding:
    found = await asked(telegram.transport.resolve(address.chat, address.thread))
    if found.kind not in (ChatKind.PRIVATE, ChatKind.CHANNEL):
        advice = "set VIGIL_OPERATORS to a private chat, or a channel without people"
        return problem("operators", "a group: everyone in it reads the reports", advice)
    if not (await asked(telegram.transport.rights(found))).post:
        return problem("operators", "the bot may not post there", "make it administrator with the right to post")
    if found.kind is ChatKind.CHANNEL and (others := await _others(telegram, found)):
        advice = "take them out: reports, and messages that are looked at, pass through it"
        return warning("operators", f"a channel with {others} readers who do not administer it", advice)
    return ok("operators", f"reached, {masked(found)}")


async def _others(telegram: Telegram, address: Address) -> int:
    """How many read a channel besides those who administer it."""
    wire = telegram.wire
    number = await asked(wire.ask_twice(wire.bot.get_chat_member_count(int(address.chat))))
    administrators = await asked(wire.ask_twice(wire.bot.get_chat_administrators(int(address.chat))))
    return max(0, number - len(administrators))
