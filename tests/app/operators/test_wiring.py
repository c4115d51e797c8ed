"""Who the operators may be."""

import pytest

from bot.app.operators.wiring import check_operators
from bot.errors import SettingError
from bot.settings import Settings


@pytest.mark.parametrize("address", ["", "telegram:123456789", "telegram:-1001234567890"])
def test_a_private_chat_or_a_channel_is_taken(address: str) -> None:
    check_operators(Settings(operators=address))


@pytest.mark.parametrize("address", ["telegram:@operators", "telegram:-123456", "telegram:-1001234567890/7"])
def test_a_name_and_a_group_are_refused(address: str) -> None:
    with pytest.raises(SettingError, match="VIGIL_OPERATORS"):
        check_operators(Settings(operators=address))
