"""Dates in the spellings that feeds use."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.sources.parsing.dates import EARLIEST, parse_date
from cointicker.sources.parsing.feeds import parse_feed

MORNING = datetime(2026, 9, 30, 10, 18, 34, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    "raw",
    [
        "Wed, 30 Sep 2026 10:18:34 +0000",
        "Wed, 30 Sep 2026 10:18:34",
        "Wed,30 Sep 2026 10:18:34 Z",
        "Fri, 30 Sep 2026 10:18:34 GMT",
        "Wed, 30 Sep 2026 12:18:34 CEST",
        "Wed, 30 Sep 2026 05:18:34 CDT",
        "Wed, 30 Sep 2026 15:48:34 +0530",
        "mer., 30 sept. 2026 12:18:34 +0200",
        "Mi, 30 Sep 2026 12:18:34 +0200",
        "2026-09-30T10:18:34Z",
        "2026-09-30T12:18:34+02:00",
        "2026-09-30 10:18:34",
        "20260930T101834Z",
        "09/30/2026 10:18:34",
        "September 30, 2026 10:18:34 am",
        "1790763514",
        "1790763514000",
        " \n Wed, 30 Sep 2026 10:18:34 GMT \n",
    ],
)
def test_one_moment_in_many_spellings(raw: str) -> None:
    assert parse_date(raw) == MORNING


@pytest.mark.parametrize(
    "raw",
    [
        "", " ", "yesterday", "Wed, 31 Feb 2026 10:00:00 GMT", "0000-00-00 00:00:00", "Thu, 01 Jan 1970 00:00:00 GMT",
        "1", "2026", "10:18", "30 September", "a" * 5000, "?" * 20_000, None, 7, [], {}, True,
    ],
)  # fmt: skip
def test_what_is_no_date_is_unknown(raw: object) -> None:
    assert parse_date(raw) is None


def test_midnight_may_end_a_day() -> None:
    assert parse_date("Wed, 30 Sep 2026 24:00:00 GMT") == datetime(2026, 10, 1, tzinfo=UTC).timestamp()


@given(st.text(max_size=80) | st.text("0123456789:-/., TZ+GMTSepWdam", max_size=40))
def test_no_text_breaks_it(raw: str) -> None:
    moment = parse_date(raw)
    assert moment is None or moment >= EARLIEST


def test_recorded_spellings_come_right_or_unknown(corpus: Path) -> None:
    folder = corpus / "feeds" / "illformed" / "made-here"
    found = parse_feed((folder / "dates.xml").read_bytes())["items"]
    expected = json.loads((folder / "dates.expected.json").read_text("utf-8"))
    assert len(found) == len(expected) == 32
    for item, case in zip(found, expected, strict=True):
        true = case["utc"].partition(" ")[0]
        known = true[:1] == "2"
        assert item["published"] is None or int(item["published"]) == int(datetime.fromisoformat(true).timestamp()), (
            case
        )
        assert (item["published"] is not None) == known, case
