"""Configuration, from the environment or a `.env` file; the documents list every name.

Read once by `cli` and passed inward; no other module looks at the environment.
"""

import os
import re
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, NoDecode, SettingsConfigDict

from bot.doors.listening import split_listen
from bot.errors import SettingError
from bot.transports.telegram_api import OFFICIAL_API

_PREFIX = "VIGIL_"
# Read by the tests alone, from the environment that programs they start may share.
_OF_THE_TESTS = frozenset({"TEST_DATABASE"})
_ENV_FILE = Path(".env")
_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]+")
# Host, port and a path that a proxy and we read alike; user, query and fragment have no meaning there.
_WEBHOOK_URL = re.compile(r"https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/-]*)?")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Settings(BaseSettings):
    """Every `VIGIL_…` setting with its default. Rates are messages a second; groups', a minute."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, env_file=_ENV_FILE, extra="ignore", frozen=True)

    telegram_token: SecretStr | None = None
    telegram_api: str = OFFICIAL_API
    database: SecretStr | None = None
    home: Path = Path("var")
    key_file: Path | None = None
    listen: Annotated[str, NoDecode] = "127.0.0.1:8080"
    public: Annotated[str, NoDecode] = ""
    calendar: Path = Path("calendar")
    seeds: Path = Path("seeds")
    send_rate: float = Field(default=30, gt=0, le=10_000)
    chat_rate: float = Field(default=1, gt=0, le=1_000)
    group_rate: float = Field(default=20, gt=0, le=10_000)
    paid_broadcast: bool = False
    webhook_url: str = ""
    webhook_secret: SecretStr | None = None
    when_uncertain: Literal["leave", "resend"] = "leave"
    operators: str = ""
    contact: str = ""
    shelf_life_days: int = Field(default=30, ge=0, le=3650)
    leap_day: Literal["02-28", "03-01"] = "02-28"

    @field_validator("telegram_token", "webhook_secret", "database", "key_file", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("telegram_token")
    @classmethod
    def _is_token(cls, value: SecretStr | None) -> SecretStr | None:
        # It becomes a part of every address that is asked: nothing else may stand in it.
        if value is not None and not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("a token as BotFather shows it: digits, a colon, then letters, digits, - and _")
        return value

    @field_validator("telegram_api")
    @classmethod
    def _is_base_address(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("a base address such as https://api.telegram.org")
        return value.rstrip("/")

    @field_validator("listen")
    @classmethod
    def _is_loopback(cls, value: str) -> str:
        host, _ = split_listen(value)
        if host != "localhost" and not ip_address(host).is_loopback:
            raise ValueError(
                "a loopback address such as 127.0.0.1:8080; what the world may see belongs on VIGIL_PUBLIC"
            )
        return value

    @field_validator("public")
    @classmethod
    def _is_place_to_listen(cls, value: str) -> str:
        if value:
            split_listen(value)
        return value

    @field_validator("webhook_url")
    @classmethod
    def _is_webhook_address(cls, value: str) -> str:
        if value and not _WEBHOOK_URL.fullmatch(value):
            raise ValueError(
                "an address such as https://vigil.example.org/telegram, its path of letters, digits, . _ ~ -"
            )
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _is_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("1 to 256 letters, digits, - and _")
        return value

    @property
    def database_url(self) -> str:
        """SQLAlchemy URL with its async driver; by default an SQLite file in the home."""
        if self.database is None:
            return f"sqlite+aiosqlite:///{(self.home / 'vigil.sqlite').absolute()}"
        url = self.database.get_secret_value()
        for plain, driven in (
            ("postgresql://", "postgresql+asyncpg://"),
            ("postgres://", "postgresql+asyncpg://"),
            ("sqlite://", "sqlite+aiosqlite://"),
        ):
            if url.startswith(plain):
                return driven + url.removeprefix(plain)
        return url

    @property
    def key_path(self) -> Path:
        """Where the sealing key stands: `VIGIL_KEY_FILE`, else a file in the home."""
        return self.key_file if self.key_file is not None else self.home / "vigil.key"


def read_settings() -> Settings:
    """The settings of this process; SettingError names the first one that cannot be used."""
    try:
        return Settings()
    except ValidationError as exc:
        error = exc.errors(include_url=False)[0]
        field = str(error["loc"][0]) if error["loc"] else "settings"
        secret = field in {"telegram_token", "webhook_secret", "database"}
        found = "a value not shown here" if secret else repr(error.get("input"))
        raise SettingError(f"VIGIL_{field.upper()}", found, _expected(str(error["msg"]))) from exc
    except UnicodeDecodeError as exc:
        raise SettingError(str(_ENV_FILE.absolute()), "what is no UTF-8", "a text file in UTF-8") from exc
    except OSError as exc:
        raise SettingError(str(_ENV_FILE.absolute()), str(exc.strerror).lower(), "a file that can be read") from exc


def unknown_settings() -> dict[str, str | None]:
    """Every `VIGIL_…` name that is no setting, in the environment or `.env`, with the nearest that is one, if any.

    Such a name is nearly always a slip: what it was to say is not done.
    """
    known = {name.upper() for name in Settings.model_fields}
    names = {name.upper() for name in (*os.environ, *DotEnvSettingsSource(Settings).env_vars)}
    found = {name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX)} - known - _OF_THE_TESTS
    # Without what all begin with: it would make all of them alike.
    near = {name: get_close_matches(name, sorted(known), n=1) for name in sorted(found)}
    return {_PREFIX + name: _PREFIX + like[0] if like else None for name, like in near.items()}


def _expected(message: str) -> str:
    """What pydantic expected, without the words around it."""
    return message.removeprefix("Value error, ").removeprefix("Input should be ").partition(", unable")[0]
