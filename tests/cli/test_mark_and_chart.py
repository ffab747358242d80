"""``cointicker mark`` and ``cointicker chart``, and headlines by marks and sources."""

import csv
import io
import json

import pytest

from cli.command_line import Ended
from cli.inside import run_inside
from cointicker.cli.chart import picture
from cointicker.domain.charts import ChartPoint
from upstream.server import Upstream


def _news(*words: str) -> list[dict[str, object]]:
    headlines: list[dict[str, object]] = run_inside("news", "--json", "--limit", "500", *words).json["headlines"]
    return headlines


def _mark(*words: str) -> Ended:
    return run_inside("--offline", "mark", *words)


def test_headlines_are_marked_one_by_one_and_all_at_once(world: Upstream) -> None:
    first, second, *_ = _news()
    key, other = str(first["id"]), str(second["id"])
    assert _mark("read", key[:8], other).status == 0
    assert {each["id"] for each in _news("--offline") if each["read"]} == {key, other}
    assert _mark("unread", key).out == f"unread: {first['title']}\n"
    assert _mark("star", str(first["url"]), "--json").json["changes"][0]["id"] == key
    assert [each["id"] for each in _news("--offline", "--starred")] == [key]
    assert _mark("unstar", key).status == 0
    assert _news("--offline", "--starred") == []
    assert _mark("read", "--all").status == 0
    assert _news("--offline", "--unread") == []


def test_one_that_is_not_there_is_a_failure_and_the_others_are_marked(world: Upstream) -> None:
    key = str(_news()[0]["id"])
    ended = _mark("star", "nosuchid", key, "--json")
    assert (ended.status, ended.json["done"]) == (1, False)
    assert [each["done"] for each in ended.json["changes"]] == [False, True]
    assert [each["id"] for each in _news("--offline", "--starred")] == [key]


def test_marks_name_something_and_the_demo_has_none() -> None:
    assert _mark("read").status == 2
    assert run_inside("--demo", "mark", "read", "--all").status == 2


def test_headlines_of_a_source_as_a_table_for_other_programs(world: Upstream) -> None:
    source = str(_news()[0]["source"])
    ended = run_inside("news", "--offline", "--source", source.upper(), "--csv", "--limit", "5")
    rows = list(csv.DictReader(io.StringIO(ended.out)))
    assert rows
    assert all(source in row["sources"].split("; ") for row in rows)


def test_a_chart_is_drawn_and_told_point_by_point() -> None:
    told = run_inside("--demo", "chart", "btc", "--span", "30d", "--json").json
    assert (told["state"], told["coin"], told["span"]) == ("fresh", "bitcoin", "30d")
    prices = [point["price"] for point in told["points"]]
    assert len(prices) > 100
    rows = list(csv.DictReader(io.StringIO(run_inside("--demo", "chart", "btc", "--span", "30d", "--csv").out)))
    assert [row["at"] for row in rows[:50]] == [point["at"] for point in told["points"][:50]]
    drawn = run_inside("--demo", "chart", "btc", "--height", "5").out.splitlines()
    assert len(drawn) == 7
    assert drawn[0].startswith("BTC  ")


@pytest.mark.parametrize(("words", "status"), [(("nosuchcoin",), 1), (("btc", "--span", "2d"), 2), ((), 2)])
def test_a_chart_that_cannot_be_drawn_is_said(words: tuple[str, ...], status: int) -> None:
    ended = run_inside("--offline", "chart", *words)
    assert (ended.status, ended.out) == (status, "")
    assert ended.err


def test_a_line_goes_from_the_lowest_to_the_highest_and_through_every_column() -> None:
    rising = picture([ChartPoint(float(at), float(at)) for at in range(100)], 20, 4)
    assert [len(row) for row in rising] == [20] * 4
    assert (rising[-1][0] != " ", rising[0][-1] != " ", rising[0][0], rising[-1][-1]) == (True, True, " ", " ")
    assert all(any(row[column] != " " for row in rising) for column in range(20))
    level = picture([ChartPoint(0.0, 5.0), ChartPoint(9.0, 5.0)], 10, 3)
    assert [row.strip() == "" for row in level].count(False) == 1


def test_json_of_a_chart_has_no_number_that_json_has_not() -> None:
    assert json.loads(run_inside("--demo", "chart", "eth", "--json").out)
