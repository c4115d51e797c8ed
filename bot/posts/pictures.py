"""Picture cards: an occurrence as a sober PNG with alternative text, its custody label in it.

The renderer is loaded with the first card, not with the program.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

from bot.agenda.occurrence import Occurrence, Slot
from bot.posts.card_layout import LIGHT, Block, Layout, layout
from bot.posts.citations import attributions, telling
from bot.posts.custody_label import documents_end
from bot.posts.cuts import CAPTION_CHARS
from bot.posts.dates import capitalised, day_and_month, partial_date
from bot.posts.fonts import MEDIUM, font_files
from bot.posts.people import Portrait, end_together, portraits
from bot.posts.phrases import days_span, kind_label, years_span
from bot.posts.post import Picture, Post, length_utf16
from bot.posts.rendering import environment
from bot.posts.titles import singles
from bot.posts.translations import translator
from bot.posts.voice import Voice
from bot.posts.wording import label, sentence
from bot.records.collection import Calendar

PEOPLE_ON_A_CARD = 3
CANDLE, LIGHT_LINE = "candle", "light"
_LEFT = {CANDLE: 372, LIGHT_LINE: 232}
_ACCENT = {CANDLE: "#d8b27a", LIGHT_LINE: "#9fb6cb"}
_NAME_SIZES = (84, 76, 68, 60, 52, 46)


@dataclass(frozen=True, slots=True)
class Words:
    """What a card says above and below its short rule; `about` may be left out for want of room."""

    motif: str
    above: tuple[Block, ...]
    below: tuple[Block, ...]
    about: tuple[Block, ...]
    source: str

    def with_about(self) -> tuple[Block, ...]:
        return (*self.below[:1], *self.about, *self.below[1:])


def with_picture(post: Post, calendar: Calendar, occurrences: Sequence[Occurrence], voice: Voice) -> Post:
    """The post with a card, where it tells one occurrence and is short enough for a caption."""
    if len(occurrences) != 1 or length_utf16(post.text) > CAPTION_CHARS:
        return post
    return replace(post, picture=card(calendar, occurrences[0], voice))


def card(calendar: Calendar, occurrence: Occurrence, voice: Voice) -> Picture | None:
    """The card of one event or observance; None where it cannot hold all that must be said.

    What somebody is known for may go; a name, a status or a source never does.
    """
    told = singles(calendar, [occurrence], voice)
    if len(told) != 1 or len(told[0].people) > PEOPLE_ON_A_CARD:
        return None
    words = _words(calendar, told[0], voice)
    return picture_of(words, words.with_about(), voice) or picture_of(words, words.below, voice)


def picture_of(words: Words, below: Sequence[Block], voice: Voice) -> Picture | None:
    """The picture of a card's words with these below the rule; None where they do not fit."""
    placed = layout(words.above, below, words.source, left=_LEFT[words.motif])
    if placed is None:
        return None
    texts = [block.text for block in (*words.above, *below)]
    return Picture(_png(words.motif, placed), _alt(words, texts, voice))


def words_card(heading: str, below: str, language: str) -> Picture:
    """A card of two lines that names nobody."""
    words = Words(
        LIGHT_LINE, (Block(heading, (62, 56, 50, 44), 3, LIGHT, MEDIUM),), (Block(below, (34, 30), 2),), (), ""
    )
    placed = layout(words.above, words.below, words.source, left=_LEFT[LIGHT_LINE])
    if placed is None:
        raise ValueError("a card's own words do not fit it")
    said = translator("posts", language).gettext("A line of light on a dark ground and the words: %(words)s")
    return Picture(_png(LIGHT_LINE, placed), said % {"words": f"{sentence(heading)} {sentence(below)}"})


def _words(calendar: Calendar, occurrence: Occurrence, voice: Voice) -> Words:
    quotes = telling(occurrence.quotes, death=occurrence.slot is Slot.MEMORIAL)
    source = attributions(quotes, calendar, voice.language)
    if occurrence.observance is not None:
        day = capitalised(day_and_month(occurrence.date + timedelta(days=occurrence.lead), voice.language))
        name = Block(label(occurrence.observance.names, voice.language), (62, 56, 50, 44, 38), 5, LIGHT, MEDIUM, 22)
        return Words(LIGHT_LINE, (Block(day, (40,), 1, _ACCENT[LIGHT_LINE]), name), (), (), source)
    people = portraits(calendar, occurrence.people, voice)
    motif = CANDLE if occurrence.slot is Slot.MEMORIAL else LIGHT_LINE
    kind = kind_label(occurrence.events[0], voice.language)
    when = " · ".join(filter(None, (_date(occurrence, voice), _span(occurrence, voice))))
    if len(people) == 1:
        return _of_one(people[0], motif, (kind, when, source), voice)
    return _of_several(people, motif, (kind, when, source), voice)


def _of_one(person: Portrait, motif: str, said: tuple[str, str, str], voice: Voice) -> Words:
    kind, when, source = said
    above = (Block(kind, (30,), 1, _ACCENT[motif]), Block(person.name, _NAME_SIZES, 3, LIGHT, MEDIUM, 12))
    below = [Block(when, (34, 30, 26), 2, LIGHT)] if when else []
    if person.custody:
        end = f" {documents_end(voice.language)}" if person.ends else ""
        below.append(Block(person.custody + end, (25, 22), 4, space=22))
    about = (Block(person.about, (25, 22), 3, space=14),) if person.about else ()
    return Words(motif, above, tuple(below), about, source)


def _of_several(people: Sequence[Portrait], motif: str, said: tuple[str, str, str], voice: Voice) -> Words:
    kind, when, source = said
    once = end_together(people)
    above = [Block(" · ".join(filter(None, (kind, when))), (30, 26), 2, _ACCENT[motif])]
    for person in people:
        above.append(Block(person.name, (48, 42, 36), 2, LIGHT, MEDIUM, 20))
        if person.custody:
            end = f" {documents_end(voice.language)}" if person.ends and not once else ""
            above.append(Block(person.custody + end, (22, 20), 3, space=4))
    below = (Block(documents_end(voice.language), (22, 20), 2),) if once else ()
    return Words(motif, tuple(above), below, (), source)


def _date(occurrence: Occurrence, voice: Voice) -> str:
    when = occurrence.events[0].date
    return partial_date(when, voice.language) if when is not None else ""


def _span(occurrence: Occurrence, voice: Voice) -> str:
    if occurrence.days is not None:
        return days_span(occurrence.days, voice.language)
    return years_span(occurrence.years, voice.language) if occurrence.years else ""


def _alt(words: Words, texts: Sequence[str], voice: Voice) -> str:
    t = translator("posts", voice.language)
    said = {"words": " ".join(sentence(text) for text in (*texts, words.source))}
    if words.motif == CANDLE:
        return t.gettext("A candle on a dark ground and the words: %(words)s") % said
    return t.gettext("A line of light on a dark ground and the words: %(words)s") % said


def _png(motif: str, placed: Layout) -> bytes:
    return drawn(
        environment("posts", "en")
        .get_template("card.svg.jinja")
        .render(motif=motif, lines=placed.lines, rule_y=placed.rule_y, left=_LEFT[motif], accent=_ACCENT[motif])
    )


# The renderer keeps Python's lock for a tenth of a second, so that no thread spares an event loop the wait; and one
# card stands in the posts of many wishes, which are composed each for itself.
@lru_cache(maxsize=64)
def drawn(svg: str) -> bytes:
    """The PNG of an SVG, with the shipped font and no other; without any metadata."""
    # Loaded here: the renderer would cost every start of the program its memory.
    from resvg_py import svg_to_bytes  # noqa: PLC0415

    return bytes(svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=font_files()))
