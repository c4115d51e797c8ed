"""Inline mode: cards for a name typed in another chat. Off until the operator turns it on at BotFather.

Whoever reads the chosen card sees by Telegram's "via" label which bot it came from. Nothing of a query
is written down or logged.
"""

from typing import Final

from telegram import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions
from telegram.constants import ParseMode

from bot.commands.inline import Card
from bot.commands.request import Request
from bot.doors.telegram.house import House
from bot.doors.telegram.updates import Inquired
from bot.posts.post import length_utf16
from bot.transports.telegram_keyboard import keyboard

# As long as the answer to the same words stays the same; personal, since it speaks her language.
_CACHE_S: Final = 300
_TITLE_CHARS: Final = 200
_DESCRIPTION_CHARS: Final = 200
_TEXT_CHARS: Final = 4096


async def answer_inline(house: House, inquired: Inquired) -> None:
    """Offer the cards for what was typed; TransportError where Telegram takes them no more."""
    identity = await house.wire.identity()
    request = Request(
        inquired.text,
        inquired.address,
        house.clock(),
        language_hint=inquired.language_hint,
        bot_name=identity.username,
    )
    results = [_article(card, identity.username) for card in await house.answers.offer(request)]
    await house.wire.ask(
        house.wire.bot.answer_inline_query(inquired.query_id, results, cache_time=_CACHE_S, is_personal=True)
    )


def _article(card: Card, bot_name: str) -> InlineQueryResultArticle:
    post = card.post
    assert length_utf16(post.text) <= _TEXT_CHARS  # noqa: S101 (posts are cut where they are made)
    text = InputTextMessageContent(
        post.html, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    return InlineQueryResultArticle(
        card.id.replace(" ", "-"),
        card.title[:_TITLE_CHARS],
        text,
        reply_markup=keyboard(post.buttons, link_to=bot_name),
        description=card.description[:_DESCRIPTION_CHARS] or None,
    )
