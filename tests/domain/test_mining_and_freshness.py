"""What mining pays, by hand, and how the state of data is named."""

import pytest

from cointicker.domain.freshness import Failed, Fresh, Freshness, Stale, Waiting, fetched_at, reason_of, state_name
from cointicker.domain.mining import block_subsidy, hashprice, retarget_progress


@pytest.mark.parametrize(
    ("height", "reward"),
    [(0, 50), (209_999, 50), (210_000, 25), (839_999, 6.25), (840_000, 3.125), (931_204, 3.125), (210_000 * 64, 0)],
)
def test_the_subsidy_halves_every_210000_blocks(height: int, reward: float) -> None:
    assert block_subsidy(height) == reward


def test_hashprice_by_hand() -> None:
    # 144 blocks x (3.125 + 0.025) BTC = 453.6 BTC a day; x 88,000 USD = 39,916,800 USD; over 1,040,000 PH/s
    assert hashprice(931_204, 0.025, 1.04e21, 88_000.0) == pytest.approx(38.3815, abs=1e-4)
    assert hashprice(931_204, None, 1.04e21, 88_000.0) == pytest.approx(38.0769, abs=1e-4)


@pytest.mark.parametrize(
    ("height", "hashrate", "price"),
    [(None, 1e21, 88_000.0), (931_204, None, 88_000.0), (931_204, 0.0, 88_000.0), (931_204, 1e21, None)],
)
def test_hashprice_is_unknown_where_a_part_of_it_is(
    height: int | None, hashrate: float | None, price: float | None
) -> None:
    assert hashprice(height, 0.02, hashrate, price) is None


def test_the_way_to_the_retarget() -> None:
    assert [retarget_progress(left) for left in (2016, 504, 0, None, -1, 2017)] == [0, 0.75, 1, None, None, None]


@pytest.mark.parametrize(
    ("state", "name", "reason", "at"),
    [
        (Fresh(5.0), "fresh", None, 5.0),
        (Stale(5.0, "no network", 9.0), "stale", "no network", 5.0),
        (Failed("no network"), "failed", "no network", None),
        (Waiting(), "failed", None, None),
    ],
)
def test_states_have_a_name_a_reason_and_a_time(
    state: Freshness, name: str, reason: str | None, at: float | None
) -> None:
    assert (state_name(state), reason_of(state), fetched_at(state)) == (name, reason, at)
