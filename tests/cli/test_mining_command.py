"""``cointicker mining``, run as a person runs it."""

import pytest

from cli.inside import run_inside as run
from upstream.server import Upstream

_MINING = "/mempool/api/*"
_KEYS = {
    *("state", "reason", "as_of", "hashrate", "difficulty", "next_change", "retarget_at", "remaining_blocks"),
    *("hashprice", "fees", "height", "block_at", "pools"),
}


def test_the_state_of_mining_is_answered_in_json(world: Upstream) -> None:
    ended = run("mining", "--json")
    assert (ended.status, ended.err) == (0, "")
    document = ended.json
    assert set(document) >= _KEYS
    assert (document["state"], document["reason"]) == ("fresh", None)
    assert 1e20 < document["hashrate"] < 1e22
    assert 1e13 < document["difficulty"] < 1e15
    assert 5 < document["hashprice"] < 500
    assert set(document["fees"]) == {"fastest", "half_hour", "hour"}
    assert 0 <= document["remaining_blocks"] <= 2016
    shares = [pool["share"] for pool in document["pools"]]
    assert shares == sorted(shares, reverse=True)
    assert 50 < sum(shares) <= 100.01
    for key in ("as_of", "retarget_at", "block_at"):
        assert document[key].endswith("Z")


def test_hashprice_follows_from_what_is_shown(world: Upstream) -> None:
    document = run("mining", "--json").json
    price = run("prices", "btc", "--json").json["quotes"][0]["price"]
    subsidy = 3.125
    floor = subsidy * 144 * price / (document["hashrate"] / 1e15)
    assert floor <= document["hashprice"] < floor * 1.2


def test_parts_that_fail_are_unknown(world: Upstream) -> None:
    world.fail("/mempool/api/v1/fees/*", "500")
    document = run("mining", "--json").json
    assert document["fees"] is None
    assert document["hashrate"] is not None
    assert "fees        —" in run("mining").out


def test_nothing_to_show_is_a_failure_with_a_reason(world: Upstream) -> None:
    world.fail(_MINING, "429_html")
    ended = run("mining", "--json")
    assert (ended.status, ended.json["state"], ended.json["as_of"]) == (1, "failed", None)
    assert ended.json["reason"] in ended.err
    assert all(not ended.json[key] for key in _KEYS - {"state", "reason"})


def test_what_is_new_enough_is_not_fetched_again(world: Upstream) -> None:
    run("mining")
    asked = len(world.asked(_MINING))
    assert run("mining", "--offline").status == 0
    assert run("mining").status == 0
    assert len(world.asked(_MINING)) == asked
    world.fail(_MINING, "close")
    ended = run("mining", "--refresh", "--json")
    assert (ended.status, ended.json["state"]) == (3, "stale")
    assert ended.json["hashrate"]


@pytest.mark.parametrize("label", ["hashrate", "hashprice", "difficulty", "retarget", "fees", "block"])
def test_every_fact_has_its_row(label: str) -> None:
    rows = [line.split()[0] for line in run("mining", "--demo").out.splitlines() if line.strip()]
    assert label in rows
