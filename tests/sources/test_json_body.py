"""No JSON document can do more than be refused."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.market import parse_number
from cointicker.sources.json_body import UnreadableJsonError, is_page, read_json
from cointicker.text.safe import clean


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b'{"a": 1,}',
        b"[1] 2",
        b"<html></html>",
        b'{"a": "\xff"}',
        b'{"a": "\xed\xa0\x80"}',
        '{"a": 1}'.encode("utf-16"),
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b"{\"a\": 'b'}",
        b"[01]",
        b"[0x10]",
        b"[1_000]",
        b"\x00",
    ],
)
def test_what_is_no_document_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableJsonError):
        read_json(body)


def test_a_number_that_is_none_spoils_only_itself() -> None:
    document = read_json(b'{"a": NaN, "b": Infinity, "c": -Infinity, "d": 1e999, "e": 1.5, "f": 7}')
    assert {name: parse_number(value) for name, value in document.items()} == {
        "a": None,
        "b": None,
        "c": None,
        "d": None,
        "e": 1.5,
        "f": 7.0,
    }


@pytest.mark.parametrize("digits", [301, 400, 5_000, 100_000])
def test_an_integer_too_long_for_any_number_spoils_only_itself(digits: int) -> None:
    document = read_json(b'{"a": ' + b"9" * digits + b', "b": 1}')
    assert parse_number(document["a"]) is None
    assert document["b"] == 1


def test_whole_numbers_beyond_the_exact_range_of_floats_stay_whole() -> None:
    assert read_json(b"[1040000000000000000001]") == [1040000000000000000001]


def test_a_mark_of_byte_order_is_let_go() -> None:
    assert read_json(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


def test_half_a_character_is_text_that_can_be_made_safe() -> None:
    document = read_json(rb'{"name": "Coin \ud800"}')
    assert clean(document["name"]).encode() == "Coin \ufffd".encode()


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(values)
def test_every_document_is_read_as_it_was_written(value: Any) -> None:
    assert read_json(json.dumps(value).encode()) == value


@given(st.binary())
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with suppress(UnreadableJsonError):
        read_json(body)


@pytest.mark.parametrize(
    "body", [b"<!DOCTYPE html>", b"\xef\xbb\xbf\n <HTML>", b"<?xml version='1.0'?>", b"<!-- a -->"]
)
def test_a_page_is_known_by_its_beginning(body: bytes) -> None:
    assert is_page(body)


@pytest.mark.parametrize("body", [b"", b"[]", b'"<html>"', b"Throttled", b"<3"])
def test_other_text_is_no_page(body: bytes) -> None:
    assert not is_page(body)
