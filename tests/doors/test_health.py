"""Health over real HTTP."""

from datetime import timedelta

import pytest

from tests.doors.conftest import Served
from tests.doors.room.rehearsal import NOW

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_living_process_answers_200(room: Served) -> None:
    response = await room.client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "loop": "ok", "database": "ok"}


async def test_a_database_that_fails_answers_503_and_names_no_path(room: Served) -> None:
    room.rehearsal.database_fails = True
    response = await room.client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"status": "failed", "loop": "ok", "database": "failed"}


async def test_a_recent_tick_is_ready(room: Served) -> None:
    room.rehearsal.last_tick = NOW - timedelta(seconds=12)
    response = await room.client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["last_tick"] == "2027-02-18T08:59:48+00:00"


async def test_before_the_first_tick_it_is_not_ready(room: Served) -> None:
    room.rehearsal.last_tick = None
    assert (await room.client.get("/readyz")).status_code == 503


async def test_a_tick_long_past_is_not_ready(room: Served) -> None:
    room.rehearsal.last_tick = NOW - timedelta(minutes=5)
    assert (await room.client.get("/readyz")).status_code == 503
