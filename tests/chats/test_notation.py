"""Addresses, topics and leads as people write them."""

from collections.abc import Set as AbstractSet
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chats.address import Address, ChatKind
from bot.chats.notation import AddressError, is_name, masked, read_address, write_address
from bot.chats.wording import SettingsError, hour_written, join_topics, read_leads, split_topics, write_leads


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("telegram:123456789", Address("telegram", "123456789")),
        ("telegram:-500", Address("telegram", "-500", kind=ChatKind.GROUP)),
        ("telegram:-1001234567890", Address("telegram", "-1001234567890", kind=ChatKind.CHANNEL)),
        ("telegram:-1001234567890/7", Address("telegram", "-1001234567890", 7, ChatKind.SUPERGROUP)),
        ("telegram:-1001234567890/1", Address("telegram", "-1001234567890", 0, ChatKind.SUPERGROUP)),
        (" telegram:@vigil_be ", Address("telegram", "@vigil_be", kind=ChatKind.CHANNEL)),
        ("room:demo", Address("room", "demo")),
    ],
)
def test_an_address_is_read(text: str, address: Address) -> None:
    assert read_address(text) == address


@pytest.mark.parametrize(
    "text",
    ["", "123", "telegram:", "telegram:abc", "telegram:@x", "telegram:0", "telegram:12/x", "telegram:123456/7",
     "signal:1", "telegram:99999999999999999999", "telegram:1 2", "room:A b", "room:demo/3", "telegram:-1/-2"],
)  # fmt: skip
def test_what_is_no_address_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(AddressError) as refused:
        read_address(text)
    assert text in str(AddressError()) or text not in str(refused.value)


@given(st.integers(-(10**15), 10**15).filter(bool), st.integers(0, 10**6).filter(lambda n: n != 1))
def test_an_address_is_written_as_it_was_read(number: int, thread: int) -> None:
    text = f"telegram:{number}" + (f"/{thread}" if thread and number < 0 else "")

    assert write_address(read_address(text)) == text


def test_a_listing_shows_two_digits_of_a_person_and_four_of_a_channel() -> None:
    assert masked(read_address("telegram:123456789")) == "telegram:…89"
    assert masked(read_address("telegram:-1001234567890/7")) == "telegram:…7890/7"


def test_a_name_has_to_be_resolved() -> None:
    assert is_name(read_address("telegram:@vigil_be"))
    assert not is_name(read_address("telegram:5"))


def test_an_address_never_shows_itself() -> None:
    assert "123456789" not in repr(read_address("telegram:123456789"))


@pytest.mark.parametrize(
    ("text", "topics", "people"),
    [
        ("", set(), set()),
        ("all", {"all"}, set()),
        ("days country:BY", {"days", "country:BY"}, set()),
        ("person:jane-doe", {"follows"}, {"jane-doe"}),
        ("days person:jane-doe", {"days"}, {"jane-doe"}),
    ],
)
def test_topics_are_split_from_people(text: str, topics: AbstractSet[str], people: AbstractSet[str]) -> None:
    assert split_topics(text) == (topics, people)


@pytest.mark.parametrize(
    "text", ["everything", "country:by", "country:BYX", "person:", "person:Jane Doe", "person:x_y"]
)
def test_an_unknown_topic_is_refused(text: str) -> None:
    with pytest.raises(SettingsError):
        split_topics(text)


@given(
    st.frozensets(st.sampled_from(["all", "days", "country:BY", "country:RU"])),
    st.frozensets(st.sampled_from(["jane-doe", "john-roe"])),
)
def test_topics_mean_the_same_once_written(topics: frozenset[str], people: frozenset[str]) -> None:
    once = split_topics(" ".join([*topics, *(f"person:{person}" for person in people)]))

    again = split_topics(join_topics(*once))

    assert again[1] == once[1]
    assert (again[0] - {"all"} or {"all"}) == (once[0] if "all" not in once[0] and once[0] else {"all"})


@given(st.none() | st.lists(st.integers(1, 60), max_size=4).map(tuple))
def test_leads_mean_the_same_once_written(leads: tuple[int, ...] | None) -> None:
    again = read_leads(write_leads(leads))

    assert again == (None if leads is None else tuple(sorted(set(leads), reverse=True)))


@pytest.mark.parametrize("text", ["x", "-1", "61", "7,1", "1.5", "٣"])
def test_leads_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(SettingsError):
        read_leads(text)


def test_an_hour_is_read_strictly() -> None:
    assert hour_written("09:05") == time(9, 5)
    for text in ("9:05", "24:00", "09:60", "0905", "09:05:00", "0٩:٠٥"):
        with pytest.raises(SettingsError):
            hour_written(text)
