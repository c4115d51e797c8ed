"""The doctor: whatever is wrong is found and said, with what to do; nothing is changed, and no secret told."""

import shutil
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app.telegram import open_telegram
from bot.chats.address import TELEGRAM, Address, ChatKind
from bot.chats.belonging import check_bot, keep_bot
from bot.chats.key_file import make_key, next_to
from bot.chats.sealing import check_of
from bot.database import Database
from bot.operating.checks.calendar import check_calendar
from bot.operating.checks.database import check_backlog, check_chats, check_database
from bot.operating.checks.home import check_disk, check_font, check_home, check_zones
from bot.operating.checks.key import check_key
from bot.operating.checks.places import check_operators, check_rights
from bot.operating.checks.process import check_process
from bot.operating.checks.telegram import check_api, check_clock, check_token, check_updates
from bot.operating.doctor import examine
from bot.operating.finding import Finding, Mark
from bot.operating.rebinding import Moved, move
from bot.outbox.single import SingleRun
from bot.settings import Settings
from tests.app.process import running
from tests.calendars import CALENDAR, SEEDS, copy_of_the_records
from tests.cli.vigil import vigil
from tests.operating.test_rotation import filled
from tests.outbox.stage import NOON, Stage, channel, private, some
from tests.telegram import TelegramServer

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OTHER = "987654321:AAtest-token_of-another-bot_00000000000"


def settings(home: Path, **more: Any) -> Settings:
    return Settings(home=home, calendar=CALENDAR, seeds=SEEDS, **more)


def _alone(home: Path, **more: Any) -> Settings:
    return settings(home, listen="127.0.0.1:1", **more)


def at(server: TelegramServer, home: Path, **more: Any) -> Settings:
    return settings(home, telegram_api=server.api, telegram_token=server.token, **more)


async def listed(findings: AsyncIterator[Finding]) -> dict[str, Finding]:
    return {finding.check: finding async for finding in findings}


def by_check(findings: Any) -> dict[str, Finding]:
    return {finding.check: finding for finding in findings}


def is_(finding: Finding, mark: str, words: str) -> bool:
    """Whether it is so bad, says so, and where it is bad says what to do."""
    assert (finding.mark, words in str(finding)) == (mark, True), finding
    assert bool(finding.advice) == (finding.mark is not Mark.OK)
    return True


async def test_where_nothing_is_yet_nothing_is_made_and_nothing_is_wrong(tmp_path: Path) -> None:
    home = tmp_path / "home"

    found = await listed(examine(_alone(home), lambda: NOW, rights=True))

    assert not [finding for finding in found.values() if finding.mark is Mark.PROBLEM]
    for check, words in (("home", "not there yet"), ("key", "not there yet"), ("database", "not there yet")):
        assert is_(found[check], "ok", words)
    assert is_(found["token"], "ok", "room alone")
    assert is_(found["process"], "ok", "none runs here")
    assert not home.exists()


def test_a_healthy_bot_is_looked_at_beside_it_and_nothing_secret_is_told(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with TelegramServer() as server:
        operators, channel_ = server.people.add_user(first_name="Olga"), server.people.add_channel("Memory")
        more = {"telegram_api": server.api, "telegram_token": server.token, "contact": "vigil@example.org"}
        more["operators"] = f"telegram:{operators.id}"
        assert vigil(home, "chats", "add", f"telegram:{channel_.id}", given="", **more).status == 0
        with running(home, server, **more) as process:
            more["listen"] = process.address.removeprefix("http://").rstrip("/")
            seen = vigil(home, "doctor", "--chats", given="", **more)
            assert process.stop()[0] == 0

    assert (seen.status, seen.err) == (0, ""), seen
    for line in (
        "ok       key: fits the database",
        "ok       bot: the one that the database belongs to",
        "ok       rights: the bot may post in 1 of 1 channels and groups",
        "ok       clock: agrees with Telegram's",
    ):
        assert line in seen.out.splitlines()
    assert "ok       operators: reached, telegram:…" in seen.out
    assert "ok       process: it runs" in seen.out
    assert {line.split()[0] for line in seen.out.splitlines()} == {"ok", "warning"}
    secrets = [server.token, server.token.partition(":")[2], str(operators.id), str(channel_.id), "Olga", "Memory"]
    assert not [secret for secret in secrets if secret in seen.out]


def test_a_setting_that_cannot_be_used_ends_it_with_status_1(tmp_path: Path) -> None:
    refused = vigil(tmp_path / "home", "doctor", "--json", listen="0.0.0.0:80")

    assert refused.status == 1
    (row,) = refused.json
    assert (row["check"], row["state"], "VIGIL_LISTEN" in row["found"]) == ("settings", "problem", True)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"operators": "telegram:@somebody"}, "VIGIL_OPERATORS"),
        ({"operators": "nonsense"}, "VIGIL_OPERATORS: found no address"),
        ({"webhook_url": "https://example.org/hook"}, "VIGIL_TELEGRAM_TOKEN"),
        ({"database": "mysql://root:secret@host/name"}, "VIGIL_DATABASE"),
        ({"database": "sqlite:////nowhere/vigil.sqlite"}, None),
    ],
)
async def test_settings_that_do_not_go_together_do_not_end_it(
    tmp_path: Path, wrong: dict[str, Any], named: str | None
) -> None:
    found = [finding async for finding in examine(_alone(tmp_path, **wrong), lambda: NOW, rights=False)]

    assert [named in str(finding) for finding in found if named and finding.mark is Mark.PROBLEM] == [True] * bool(
        named
    )
    assert found[-1].check == "process"
    assert not [finding for finding in found if "secret" in str(finding)]


def test_a_home_that_others_may_look_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    (tmp_path / ".env").write_text("VIGIL_TELEGRAM_TOKEN=x")
    (tmp_path / ".env").chmod(0o644)
    found = by_check(check_home(Settings(_env_file=None, home=home)))

    assert is_(found["home"], "warning", "chmod 700")
    assert is_(found[".env"], "problem", "chmod 600 .env")
    file = tmp_path / "file"
    file.touch()
    assert is_(by_check(check_home(Settings(_env_file=None, home=file)))["home"], "problem", "no folder")


def test_a_disk_that_fills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def free(mib: int) -> Callable[[Path], Any]:
        return lambda path: shutil._ntuple_diskusage(0, 0, mib * 1024 * 1024)

    for mib, mark in ((5000, "ok"), (500, "warning"), (50, "problem")):
        monkeypatch.setattr(shutil, "disk_usage", free(mib))
        assert is_(check_disk(tmp_path / "not" / "yet", None), mark, f"{mib} MiB")


def test_zones_that_are_out_of_date(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("zoneinfo.TZPATH", ())
    assert is_(check_zones(NOW), "ok", "package tzdata")
    assert is_(check_zones(NOW + timedelta(days=1000)), "warning", "make setup")
    (tmp_path / "Europe").mkdir()
    (tmp_path / "Europe" / "Minsk").touch()
    (tmp_path / "tzdata.zi").write_text("# version 2019a\n")
    monkeypatch.setattr("zoneinfo.TZPATH", (str(tmp_path),))
    assert is_(check_zones(NOW), "warning", "2019a")


def test_pictures_without_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_(check_font(), "ok", "letters")
    monkeypatch.setattr("bot.posts.pictures.drawn", lambda svg: b"an empty picture")
    assert is_(check_font(), "problem", "no letters")


def test_what_can_be_wrong_with_the_key(tmp_path: Path) -> None:
    path, database = tmp_path / "vigil.key", tmp_path / "vigil.sqlite"
    database.touch()
    check = check_of(make_key(path))

    def found(check: str | None = check) -> dict[str, Finding]:
        return by_check(check_key(path, check=check, database=database))

    assert is_(found()["key"], "ok", "fits")
    assert is_(found()["key file"], "warning", "same disk")
    assert is_(found("00")["key"], "problem", "another key")
    assert is_(found(None)["key"], "ok", "no database says")
    path.chmod(0o640)
    assert is_(found()["key file"], "problem", "mode 640")
    path.replace(next_to(path))
    assert is_(found()["key"], "ok", "fits")
    assert is_(found()["key change"], "warning", "vigil rotate")
    next_to(path).unlink()
    assert is_(found()["key"], "problem", "is not there")
    assert is_(found(None)["key"], "ok", "not there yet")


async def test_a_sound_database_and_what_waits_in_it(either: Database) -> None:
    stage = Stage(either)
    await stage.subscribe(*some(private, 3), channel())
    await stage.chats.pause(1, "blocked")
    await stage.tick()
    found = await listed(check_database(either))
    found |= await listed(check_chats(either)) | await listed(check_backlog(either, NOON))

    assert is_(found["database"], "ok", "revision")
    assert is_(found["chats"], "ok", "3 get posts, 1 paused (blocked: 1)")
    assert is_(found["backlog"], "warning", "3 due, the oldest for 6 h 0 min")
    early = await listed(check_backlog(either, NOON.replace(hour=6, minute=10)))
    assert is_(early["backlog"], "ok", "3 due")
    await stage.stop()


async def test_a_damaged_file_and_one_of_another_revision(tmp_path: Path, sqlite: Database) -> None:
    assert is_((await listed(check_database(sqlite)))["integrity"], "ok", "write-ahead")
    for revision, mark in (("9999", "problem"), ("0000", "warning")):
        async with sqlite.write() as connection:
            await connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")
        found = await listed(check_database(sqlite))
        assert is_(found["database"], mark, revision)
        assert is_(found["integrity"], "ok", "write-ahead")
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "vigil.sqlite").write_bytes(b"SQLite format 3\0" + bytes(5000))
    found = await listed(examine(_alone(home), lambda: NOW, rights=False))
    assert is_(found["database"], "problem", "")


@pytest.mark.parametrize("spoilt", ["DROP TABLE previews", "DELETE FROM alembic_version"])
async def test_a_database_that_is_not_whole(sqlite: Database, spoilt: str) -> None:
    async with sqlite.write() as connection:
        await connection.exec_driver_sql(spoilt)

    assert is_((await listed(check_database(sqlite)))["database"], "problem", "expected Vigil's whole or none")


async def test_zones_of_chats_that_this_machine_does_not_know(sqlite: Database) -> None:
    await Stage(sqlite).subscribe(private())
    async with sqlite.write() as connection:
        await connection.exec_driver_sql("UPDATE schedules SET zone = 'Europe/Atlantis'")

    assert is_((await listed(check_chats(sqlite)))["zones of chats"], "problem", "Europe/Atlantis")


def test_faults_of_the_calendar_are_counted(tmp_path: Path) -> None:
    assert is_(by_check(check_calendar(settings(tmp_path), NOW.date()))["newest document"], "warning", "496 days old")
    calendar, seeds = copy_of_the_records(tmp_path)
    for other in (calendar / "events").glob("*.yaml"):
        other.unlink()
    (calendar / "events/ihar-lednik-death.yaml").write_text("id: [")
    broken = by_check(check_calendar(Settings(home=tmp_path, calendar=calendar, seeds=seeds), date(2025, 7, 20)))
    assert is_(broken["calendar"], "problem", "vigil check")
    assert is_(broken["newest document"], "ok", "6 days old")
    missing = Settings(home=tmp_path, calendar=tmp_path / "none", seeds=seeds)
    assert is_(by_check(check_calendar(missing, NOW.date()))["calendar"], "problem", "VIGIL_CALENDAR")


async def test_what_can_be_wrong_with_token_updates_and_clock(sqlite: Database, tmp_path: Path) -> None:
    seal = await filled(sqlite, tmp_path / "vigil.key")
    async with TelegramServer() as server:
        ours = at(server, tmp_path)
        telegram = open_telegram(ours)
        assert telegram is not None
        async with telegram.wire:
            found = await listed(check_token(telegram, sqlite, seal))
            assert is_(found["token"], "ok", "@vigil_test_bot")
            assert is_(found["bot"], "ok", "belongs to")
            assert is_(await check_updates(telegram, ours, NOW), "ok", "by polling; 0 updates")
            await telegram.wire.bot.set_webhook("http://127.0.0.1:1/secret-path")
            stray = await check_updates(telegram, ours, NOW)
            assert is_(stray, "warning", "a webhook is set")
            assert "secret-path" not in str(stray)
            assert is_(await check_clock(ours, lambda: datetime.now(UTC)), "ok", "agrees")
            fast = await check_clock(ours, lambda: datetime.now(UTC) + timedelta(hours=1))
            assert is_(fast, "problem", "3600 s ahead")
            await server.unplug()
            assert is_(await check_clock(ours, lambda: NOW), "problem", "does not answer")
            assert is_(await check_updates(telegram, ours, NOW), "problem", "does not answer")
            await server.plug()
    async with TelegramServer(token=OTHER) as server:
        for token, check, words in ((OTHER, "bot", "--rebind"), (OTHER + "x", "token", "refuses")):
            telegram = open_telegram(settings(tmp_path, telegram_api=server.api, telegram_token=token))
            assert telegram is not None
            async with telegram.wire:
                assert is_((await listed(check_token(telegram, sqlite, seal)))[check], "problem", words)
    assert check_api(at(server, tmp_path)) is None
    assert is_(check_api(settings(tmp_path, telegram_api="http://example.org")) or stray, "problem", "https")


async def test_where_reports_reach_nobody_or_too_many(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        people = server.people
        group, crowded, quiet = people.add_supergroup("All"), people.add_channel("Many"), people.add_channel("Few")
        for _ in range(3):
            people.set_member(crowded, people.add_user(), "member")
        stranger = people.add_user()
        cases = {
            None: ("warning", "VIGIL_OPERATORS"),
            group.id: ("problem", "everyone in it"),
            people.add_channel("Unlet", bot="member").id: ("problem", "may not post"),
            crowded.id: ("warning", "3 readers"),
            quiet.id: ("ok", "reached"),
            stranger.id + 10_000: ("problem", "press Start"),
        }
        for chat, (mark, words) in cases.items():
            ours = at(server, tmp_path, operators=f"telegram:{chat}" if chat else "")
            telegram = open_telegram(ours)
            assert telegram is not None
            async with telegram.wire:
                assert is_(await check_operators(telegram, ours), mark, words)


async def test_rights_are_asked_for_each_channel(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        good, bad = server.people.add_channel("Good"), server.people.add_channel("Bad", bot="member")
        telegram = open_telegram(at(server, tmp_path))
        assert telegram is not None
        addresses = [Address(TELEGRAM, str(chat.id), kind=ChatKind.CHANNEL) for chat in (good, bad)]
        async with telegram.wire:
            found = await listed(check_rights(telegram, addresses))

    assert is_(found["rights"], "ok", "1 of 2")
    assert is_(found[f"rights in telegram:…{str(bad.id)[-4:]}"], "problem", "administrator")
    assert len(found) == 2


async def test_a_bot_that_runs_and_does_not_answer(tmp_path: Path) -> None:
    database = tmp_path / "vigil.sqlite"
    database.touch()
    assert is_((await listed(check_process("127.0.0.1:1", database, NOW)))["process"], "ok", "none runs")
    with SingleRun(database):
        found = await listed(check_process("127.0.0.1:1", database, NOW))
    assert is_(found["process"], "problem", "does not answer")


def test_a_database_is_moved_to_another_bot_only_on_purpose(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with TelegramServer() as server:
        telegram = {"telegram_api": server.api, "telegram_token": server.token}
        asked = vigil(home, "doctor", "--rebind", given="", **telegram)
        taken = vigil(home, "doctor", "--rebind", "--yes", given="", **telegram)

    assert (asked.status, "nothing was changed" in asked.err) == (1, True)
    assert (taken.status, taken.out) == (0, "The database belongs to this bot; nothing had to be moved.\n")


async def test_what_only_the_bot_before_could_use_goes_when_it_moves(either: Database) -> None:
    stage = Stage(either)
    await stage.subscribe(private(), channel())
    await stage.run()
    await stage.stop()
    await keep_bot(either, stage.seal, "123456789")
    async with TelegramServer(token=OTHER) as server:
        telegram = open_telegram(Settings(telegram_api=server.api, telegram_token=OTHER))
        assert telegram is not None
        async with telegram.wire:
            assert await move(either, stage.seal, telegram) == Moved("vigil_test_bot", readers=1)

    await check_bot(either, stage.seal, "987654321")
    assert await stage.rows("state", "message_id") == [("sent", None), ("sent", None)]
    assert [chat.pause_reason for chat in await stage.chats.listing()] == ["another_bot", None]
