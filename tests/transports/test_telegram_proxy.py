"""Which proxy the environment names."""

import pytest

from bot.errors import SettingError
from bot.transports.telegram_proxy import proxy_from_environment

OFFICIAL = "https://api.telegram.org"


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "http://proxy.example:3128")
    assert proxy_from_environment(OFFICIAL) == "http://proxy.example:3128"


def test_no_proxy_is_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", ".telegram.org")
    assert proxy_from_environment(OFFICIAL) is None


@pytest.mark.parametrize("api", ["http://127.0.0.1:8081", "http://localhost:8081", "http://[::1]:8081"])
def test_this_machine_is_never_asked_through_one(monkeypatch: pytest.MonkeyPatch, api: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    assert proxy_from_environment(api) is None


def test_proxy_of_another_kind_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://user:secret@proxy.example:1080")
    with pytest.raises(SettingError, match="ALL_PROXY") as caught:
        proxy_from_environment(OFFICIAL)
    assert "secret" not in str(caught.value)


def test_without_any_the_way_is_direct() -> None:
    assert proxy_from_environment(OFFICIAL) is None
