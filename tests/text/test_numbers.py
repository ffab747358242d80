"""Numbers as a person reads them."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.text.numbers import (
    UNKNOWN,
    direction,
    format_age,
    format_basis_points,
    format_change,
    format_difficulty,
    format_duration,
    format_hashrate,
    format_large,
    format_price,
    format_rate,
    iso_time,
    parse_iso_time,
)


@pytest.mark.parametrize(
    ("price", "text"),
    [
        (None, "—"),
        (1e-9, "0.00000000100000"),
        (0.0000000012345678, "0.00000000123457"),
        (0.00001234, "0.0000123400"),
        (0.122639, "0.122639"),
        (0.9999994, "0.999999"),
        (0.99999996, "1.0000"),
        (1.0, "1.0000"),
        (1.0003, "1.0003"),
        (9.99994, "9.9999"),
        (9.99996, "10.00"),
        (10.0, "10.00"),
        (999.999, "1,000.00"),
        (88_349.0, "88,349.00"),
        (9_999_999.0, "9,999,999.00"),
        (1e7, "10,000,000"),
        (1e12, "1,000,000,000,000"),
    ],
)
def test_prices(price: float | None, text: str) -> None:
    assert format_price(price) == text


@given(st.floats(min_value=1e-9, max_value=1e12))
def test_a_price_has_no_exponent_and_is_right_to_five_digits_or_half_a_cent(price: float) -> None:
    text = format_price(price)
    assert re.fullmatch(r"[\d,]+(\.\d+)?", text)
    assert float(text.replace(",", "")) == pytest.approx(price, rel=1e-4, abs=0.00501 if price > 9 else 0)


@given(st.floats(min_value=1e-9, max_value=1e12), st.floats(min_value=1e-9, max_value=1e12))
def test_of_two_prices_the_higher_never_reads_as_the_lower(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert float(format_price(low).replace(",", "")) <= float(format_price(high).replace(",", ""))


@pytest.mark.parametrize(
    ("percent", "text", "way"),
    [
        (None, "—", 0),
        (1.2449, "▲1.24%", 1),
        (-0.41, "▼0.41%", -1),
        (0.0, "0.00%", 0),
        (0.004, "0.00%", 0),
        (-0.004, "0.00%", 0),
        (999.999, "▲1,000.00%", 1),
        (12_345.6, "▲12,346%", 1),
        (-100.0, "▼100.00%", -1),
    ],
)
def test_changes_and_their_direction(percent: float | None, text: str, way: int) -> None:
    assert format_change(percent) == text
    assert direction(percent) == way


def test_a_change_of_one_digit() -> None:
    assert format_change(0.26, 1) == "▲0.3%"
    assert format_change(0.04, 1) == "0.0%"
    assert direction(0.04, 1) == 0


@pytest.mark.parametrize(
    ("points", "text"), [(None, "—"), (3.4, "+3bp"), (-1.2, "-1bp"), (0.3, "0bp"), (1500.0, "+1,500bp")]
)
def test_distances_from_a_peg(points: float | None, text: str) -> None:
    assert format_basis_points(points) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (None, "—"),
        (0.0, "0"),
        (999.0, "999"),
        (999.7, "1.00K"),
        (1_340_000_000_000.0, "1.34T"),
        (184_200_000_000.0, "184.2B"),
        (99_996_000.0, "100.0M"),
        (999_960_000.0, "1.00B"),
        (-5e8, "-500.0M"),
        (2.5e15, "2500.0T"),
    ],
)
def test_caps_and_volumes(amount: float | None, text: str) -> None:
    assert format_large(amount) == text


def test_mining_figures() -> None:
    assert [format_hashrate(rate) for rate in (None, 1.04e21, 9.999999e20, 850e18, 12.0)] == [
        "—", "1.04 ZH/s", "1.00 ZH/s", "850.00 EH/s", "12 H/s",
    ]  # fmt: skip
    assert [format_difficulty(each) for each in (None, 148.2e12)] == ["—", "148.2 T"]
    assert [format_rate(rate) for rate in (2.0, 1.5, 0.25, 120.0)] == ["2", "1.5", "0.25", "120"]


@pytest.mark.parametrize(
    ("seconds", "age", "duration"),
    [
        (None, "—", "—"),
        (-5, "0s", "0s"),
        (0, "0s", "0s"),
        (59.9, "59s", "59s"),
        (60, "1m", "1m"),
        (3599, "59m", "59m"),
        (3600, "1h", "1h 0m"),
        (86_399, "23h", "23h 59m"),
        (86_400, "1d", "1d 0h"),
        (5 * 86_400 + 3 * 3600, "5d", "5d 3h"),
        (13 * 86_400, "13d", "13d 0h"),
        (14 * 86_400, "2w", "14d 0h"),
        (35 * 86_400, "5w", "35d 0h"),
    ],
)
def test_ages_and_durations(seconds: float | None, age: str, duration: str) -> None:
    assert (format_age(seconds), format_duration(seconds)) == (age, duration)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-01-14T21:18:00.000Z", 1_768_425_480.0),
        ("2026-01-14T22:18:00+01:00", 1_768_425_480.0),
        ("2026-01-14T21:18:00", 1_768_425_480.0),
        ("1999-01-01T00:00:00Z", None),
        ("2101-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("yesterday", None),
        ("", None),
        (1_768_425_480, None),
        (None, None),
        (["2026-01-14"], None),
    ],
)
def test_times_that_a_source_writes(text: object, at: float | None) -> None:
    assert parse_iso_time(text) == at


@given(st.text(max_size=40) | st.datetimes(timezones=st.just(UTC) | st.timezones()).map(datetime.isoformat))
def test_any_text_is_a_time_of_our_age_or_none(text: str) -> None:
    at = parse_iso_time(text)
    assert at is None or 1_230_768_000 <= at <= 4_102_444_800


@given(st.integers(1_230_768_000, 4_102_444_800))
def test_times_that_we_write_can_be_read_again(at: int) -> None:
    assert parse_iso_time(iso_time(at)) == at


def test_an_unknown_time_stays_unknown() -> None:
    assert iso_time(None) is None
    assert UNKNOWN == "—"
