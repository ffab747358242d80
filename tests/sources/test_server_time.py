"""When a server wants to be asked again, in all ways in which servers say it."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.sources.http import Response
from cointicker.sources.server_time import clock_skew, retry_at

NOW = datetime(2025, 7, 25, 14, 53, tzinfo=UTC).timestamp()
DAY = 86_400.0


def response(**headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(429, "http://api.example/", named, b"", received_at=NOW)


def http_date(at: float) -> str:
    return format_datetime(datetime.fromtimestamp(at, UTC), usegmt=True)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry_after": "119"}, 119),
        ({"retry_after": " 2.5 "}, 2.5),
        ({"retry_after": http_date(NOW + 300)}, 300),
        ({"x_ratelimit_reset": "2025-07-25 14:54:00 +0000"}, 60),
        ({"x_ratelimit_reset": "2025-07-25 16:54:00 +0200"}, 60),
        ({"x_ratelimit_reset": "2025-07-25T14:54:00Z"}, 60),
        ({"x_ratelimit_reset": "2025-07-25 14:54:00"}, 60),
        ({"x_ratelimit_reset": str(int(NOW + 90))}, 90),
        ({"x_ratelimit_reset": "45"}, 45),
        ({"retry_after": "30", "x_ratelimit_reset": "2025-07-25 14:54:00 +0000"}, 30),
        ({"retry_after": "soon", "x_ratelimit_reset": "2025-07-25 14:54:00 +0000"}, 60),
        ({"retry_after": "0", "x_ratelimit_reset": "2025-07-25 14:54:00 +0000"}, 60),
    ],
)
def test_a_wait_is_understood_in_every_spelling(headers: dict[str, str], wait: float) -> None:
    assert retry_at(response(**headers)) == pytest.approx(NOW + wait)


@pytest.mark.parametrize(
    "text", ["", "0", "-5", "soon", "nan", "inf", "1e3", "0x10", "٣", http_date(NOW - 60), "Fri, 99 Foo 2025", "\ud800"]
)
def test_a_wait_that_is_none_is_not_made_up(text: str) -> None:
    assert retry_at(response(retry_after=text)) is None


def test_a_wait_is_never_longer_than_a_day() -> None:
    for text in ("999999", http_date(NOW + 400 * DAY), "Fri, 31 Dec 9999 23:59:59 GMT"):
        assert retry_at(response(retry_after=text)) == NOW + DAY


def test_a_date_is_read_by_the_clock_of_the_server() -> None:
    ahead = NOW + 3 * 3600
    answer = response(date=http_date(ahead), retry_after=http_date(ahead + 120))
    assert clock_skew(answer) == 3 * 3600
    assert retry_at(answer) == NOW + 120


def test_a_server_without_a_clock_is_taken_to_share_ours() -> None:
    assert clock_skew(response()) == 0
    assert clock_skew(response(date="yesterday")) == 0


@given(st.text(), st.text(), st.text())
def test_no_header_can_do_more_than_say_nothing(date: str, retry: str, reset: str) -> None:
    at = retry_at(response(date=date, retry_after=retry, x_ratelimit_reset=reset))
    assert at is None or NOW < at <= NOW + DAY
