"""/figures and /calls: numbers by what they count, and demands by what they ask for."""

from bot.commands.asking import Asking
from bot.commands.labels import tag_label
from bot.commands.replies import Paging, paged, reply, rows_of, show
from bot.commands.request import Reply
from bot.commands.typed import split_page
from bot.posts.figures import figure_heading, figure_line
from bot.posts.post import Button
from bot.records.model import Call, Figure

# Calls for release and care come first; people were convicted in Belarus for calls for sanctions.
_TAGS = ("release", "care", "solidarity", "diplomacy", "justice", "aid", "visas", "assets", "sanctions", "transit")
_MEASURES = (
    "behind-bars",
    "remaining",
    "considered-political-prisoners",
    "on-a-list",
    "died-in-all",
    "died-since",
    "health-disability-age",
    "released-in-all",
    "released-in-a-period",
    "released-besides",
    "pardoned",
    "imprisoned-in-all",
    "imprisoned-for-protest",
    "convicted-besides",
    "occupations",
    "added-to-a-suspect-list",
    "sanctions-list",
    "assets",
)


async def figures(asking: Asking) -> Reply:
    """Every number under what it counts and where, newest first: no two measures are joined."""
    _, page = split_page(asking.argument)
    ordered = sorted(asking.calendar.figures.values(), key=lambda figure: _figure_order(asking, figure))
    shown = [(figure_line(f, asking.calendar, asking.voice), _said(f), f.quotes) for f in ordered]
    rendered = show(asking, "figures", figures=shown)
    groups = [figure_heading(figure, asking.language) for figure in ordered]
    return paged(asking, rendered, Paging("/figures", page, groups=groups), records=[f.id for f in ordered])


async def calls(asking: Asking) -> Reply:
    """Demands under what they ask for first, or only those that ask for one thing."""
    tag, page = split_page(asking.argument.lower())
    present = [one for one in _TAGS if any(one in call.tags for call in asking.calendar.calls.values())]
    if tag and tag not in present:
        return reply(asking.t.gettext("No call in the calendar asks for that."), *_tag_rows(asking, present))
    found = [call for call in asking.calendar.calls.values() if not tag or tag in call.tags]
    ordered = sorted(found, key=lambda call: (_TAGS.index(_group(call, tag)), _age_order(asking, call), call.id))
    rendered = show(asking, "calls", calls=ordered)
    groups = [tag_label(_group(call, tag), asking.t) for call in ordered]
    rows = tuple(_tag_rows(asking, [one for one in present if one != tag]))
    paging = Paging(f"/calls {tag}".strip(), page, groups=groups, rows=rows)
    return paged(asking, rendered, paging, records=[call.id for call in ordered])


def _figure_order(asking: Asking, figure: Figure) -> tuple[int, str, int, str]:
    measure = _MEASURES.index(figure.measure) if figure.measure in _MEASURES else len(_MEASURES)
    return (measure, figure.country or "", _age_order(asking, figure), figure.id)


def _age_order(asking: Asking, claim: Figure | Call) -> int:
    """Sorting key that puts the newest first and undated ones last."""
    own = claim.date if isinstance(claim, Figure) else None
    when = own or asking.calendar.source_of(claim.quotes[0]).date
    return -when.last.toordinal() if when else 0


def _said(figure: Figure) -> str:
    """The document's own words for when, where they are all it gives."""
    return figure.as_said or "" if figure.date is None else ""


def _group(call: Call, tag: str) -> str:
    return tag or min(call.tags, key=_TAGS.index)


def _tag_rows(asking: Asking, tags: list[str]) -> list[tuple[Button, ...]]:
    return rows_of((Button(tag_label(tag, asking.t), f"/calls {tag}") for tag in tags), 3)
