"""The calendar and its documents: every fault counted, and how old the newest document is."""

from collections.abc import Iterator
from datetime import date

from bot.errors import VigilError
from bot.operating.finding import Finding, ok, problem, warning
from bot.settings import Settings


def check_calendar(settings: Settings, today: date) -> Iterator[Finding]:
    """What `vigil check` counts, and the age of all that is said of custody."""
    from bot.records.checking import check  # noqa: PLC0415 (the rulebook)
    from bot.records.loading import load  # noqa: PLC0415

    try:
        report = check(settings.calendar, settings.seeds)
        calendar = load(settings.calendar, settings.seeds).calendar
    except VigilError as exc:
        yield problem(
            "calendar", str(exc), "set VIGIL_CALENDAR and VIGIL_SEEDS to the folders of records and documents"
        )
        return
    counted = ", ".join(f"{number} {name}" for name, number in report.counts.items())
    if report.problems:
        yield problem("calendar", f"{len(report.problems)} faults in {counted}", "`vigil check` lists them")
    else:
        yield ok("calendar", f"no fault in {counted}")
    newest = calendar.newest_document()
    if newest is None or newest.date is None:
        yield warning("newest document", "no document has a date", "add documents: nothing said of custody is fresh")
        return
    age_days = (today - newest.date.first).days
    found = f"{newest.publisher.en}, {newest.date.first}, {age_days} days old"
    if age_days > settings.shelf_life_days:
        yield warning("newest document", found, "nothing it says of custody counts as fresh: add newer documents")
    else:
        yield ok("newest document", found)
