"""Recorded answers, served again: filtered as they are asked for, and moved to the present where that is wanted."""

import gzip
import html
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from cointicker.sources.demo_market import CURRENCIES, HOUR, DemoMarket
from upstream.feed_formats import Entry, Source, conditional, rss
from upstream.gecko_values import BEYOND_A_YEAR, WINDOWS, Query, chart_times, choose, image, iso, round_price, split
from upstream.recorded_curves import Curve
from upstream.wire import Reply, Request, json_reply, text_reply

_PAGE = "markets_usd_250_1h_2026-03-20.json"
_MONEY = (
    "current_price", "market_cap", "fully_diluted_valuation", "total_volume", "high_24h", "low_24h", "price_change_24h",
    "market_cap_change_24h", "ath", "atl",
)  # fmt: skip
_CHARTS = {
    ("bitcoin", 1): "market_chart_bitcoin_usd_1d_2021-05-15.json",
    ("bitcoin", 7): "market_chart_bitcoin_usd_7d_2023-10-14.json",
    ("bitcoin", 30): "market_chart_bitcoin_usd_30d_2021-05-15.json",
    ("bitcoin", 90): "market_chart_bitcoin_usd_90d_daily_2021-05-15.json",
}
_FRESH_AGE = 60.0
"""Seconds that the newest of what was moved to the present is old."""
_KINDS = {".xml": "application/rss+xml", ".atom": "application/atom+xml", ".json": "application/feed+json"}
_DATE = re.compile(r"(<(?:pubDate|lastBuildDate|published|updated|dc:date|atom:updated)>)([^<]+)(<)")
_ENTRY_DATE = re.compile(r"<(?:pubDate|published)>([^<]+)<")


class Recorded:
    """The recorded answers of a folder. What was not recorded is ``None``, for the world to fill in."""

    def __init__(self, path: Path, *, shift: bool) -> None:
        """``shift``: move all times so that the newest is a minute old."""
        if not (path / "coingecko" / _PAGE).is_file():
            raise FileNotFoundError(f"no recorded answers in {path}")
        self._path = path
        self.shifts = shift
        """Whether times are moved to the present."""
        self._load = cache(self._read)

    def _read(self, name: str) -> Any:
        return json.loads((self._path / name).read_text("utf-8"))

    @cached_property
    def _coins(self) -> dict[str, dict[str, Any]]:
        return {row["id"]: row for row in self._load(f"coingecko/{_PAGE}")}

    def _seconds(self, text: str) -> float:
        return datetime.fromisoformat(text).timestamp()

    def _delta(self, newest: float, now: float) -> float:
        return now - _FRESH_AGE - newest if self.shifts else 0.0

    @cached_property
    def _newest(self) -> float:
        return max(self._seconds(row["last_updated"]) for row in self._coins.values())

    def market(self, path: str, query: Query, now: float, demo: DemoMarket) -> Reply | None:
        """The answer to a path below ``/api/v3/``; ``demo`` lends its exchange rates."""
        match path.strip("/").split("/"):
            case ["coins", "markets"] if query.get("vs_currency", "").lower() in CURRENCIES:
                rows = choose(list(self._coins.values()), query)
                return json_reply([self._row(row, query, now, demo) for row in rows])
            case ["simple", "price"] if query.get("vs_currencies") and query.get("ids"):
                return json_reply(self._simple(query, now, demo))
            case ["coins", "list"]:
                return json_reply(self._load("coingecko/coins_list_2025-08-03.json"))
            case ["coins", coin_id, "market_chart"] if query.get("vs_currency") == "usd" and coin_id in self._coins:
                return self._chart(coin_id, query, now)
            case ["coins", "bitcoin", "ohlc"] if query.get("vs_currency") == "usd" and query.get("days") == "7":
                return json_reply(self._moved_points(self._load("coingecko/ohlc_bitcoin_usd_7d_2021-05-15.json"), now))
            case ["coins", "bitcoin"]:
                return json_reply(self._load("coingecko/coins_id_bitcoin_2023-10-07.json"))
            case ["global"]:
                return json_reply(self._load("coingecko/global_2025.json"))
            case ["search"] if query.get("query"):
                return json_reply(self._search(query["query"].lower()))
            case ["search", "trending"]:
                return json_reply(self._load("coingecko/search_trending_2026-03-20.json"))
        return None

    def _row(self, row: dict[str, Any], query: Query, now: float, demo: DemoMarket) -> dict[str, Any]:
        rate = demo.rate(query["vs_currency"].lower(), now)
        delta = self._delta(self._newest, now)
        made = {name: value for name, value in row.items() if name != "price_change_percentage_1h_in_currency"}
        if rate != 1.0:
            made |= {name: row[name] * rate for name in _MONEY if row[name] is not None}
        if self.shifts:
            made["last_updated"] = iso(self._seconds(row["last_updated"]) + delta)
        curve = Curve(row)
        if query.get("sparkline") == "true":
            made["sparkline_in_7d"] = {"price": [price * rate for price in curve.hourly(168)]}
        for window in split(query.get("price_change_percentage", "")):
            if window in WINDOWS:
                made[f"price_change_percentage_{window}_in_currency"] = curve.change(window)
        return made

    def _simple(self, query: Query, now: float, demo: DemoMarket) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for coin_id in split(query["ids"]):
            row = self._coins.get(coin_id)
            if row is None:
                continue
            prices = found.setdefault(coin_id, {})
            for currency in split(query["vs_currencies"].lower()):
                if currency in CURRENCIES:
                    price = row["current_price"] * demo.rate(currency, now)
                    prices[currency] = round_price(price, query.get("precision"))
                    if query.get("include_24hr_change") == "true":
                        prices[f"{currency}_24h_change"] = row["price_change_percentage_24h"]
            if query.get("include_last_updated_at") == "true":
                updated = self._seconds(row["last_updated"]) + self._delta(self._newest, now)
                prices["last_updated_at"] = int(updated)
        return found

    def _chart(self, coin_id: str, query: Query, now: float) -> Reply:
        days = query.get("days", "")
        if not days.isdigit() or int(days) > 365:
            return json_reply(BEYOND_A_YEAR, 401)
        if name := _CHARTS.get((coin_id, int(days))):
            chart = self._load(f"coingecko/{name}")
            return json_reply({series: self._moved_points(points, now) for series, points in chart.items()})
        row = self._coins[coin_id]
        end = now if self.shifts else self._seconds(row["last_updated"])
        curve = Curve(row)
        prices = [[int(at * 1000), curve.at(at - end)] for at in chart_times(int(days), end)]
        volumes = [[at, row["total_volume"]] for at, _ in prices]
        supply = row["circulating_supply"] or 0
        return json_reply(
            {"prices": prices, "market_caps": [[at, price * supply] for at, price in prices], "total_volumes": volumes}
        )

    def _moved_points(self, points: list[list[float]], now: float) -> list[list[float]]:
        delta = int(self._delta(points[-1][0] / 1000, now) * 1000)
        return [[int(point[0]) + delta, *point[1:]] for point in points]

    def _search(self, words: str) -> dict[str, Any]:
        rows = [row for row in self._coins.values() if words in f"{row['id']} {row['symbol']} {row['name'].lower()}"]
        coins = [
            {
                "id": row["id"],
                "name": row["name"],
                "api_symbol": row["id"],
                "symbol": row["symbol"].upper(),
                "market_cap_rank": row["market_cap_rank"],
                "thumb": image(row["id"], "thumb"),
                "large": image(row["id"]),
            }
            for row in rows
        ]
        return {"coins": coins, "exchanges": [], "icos": [], "categories": [], "nfts": []}

    def mining(self, path: str, now: float) -> Reply | None:
        """The answer to a path below ``/mempool/api/``."""
        match path.strip("/").split("/"):
            case ["v1", "mining", "pools", _]:
                return json_reply(self._load("mempool/mining_pools_1w_2025-04.json"))
            case ["v1", "blocks"]:
                return json_reply(self._blocks(now))
            case ["blocks", "tip", "height"]:
                return text_reply(str(max(block["height"] for block in self._blocks(now))))
            case ["v1", "fees", "precise"]:
                return json_reply(self._load("mempool/rest_docs_samples.json")["/api/v1/fees/precise"]["body"])
        return None

    def _blocks(self, now: float) -> list[dict[str, Any]]:
        blocks = self._load("mempool/ws_blocks_2025-04-01.json")["blocks"]
        delta = int(self._delta(max(block["timestamp"] for block in blocks), now))
        moved = [{**block, "timestamp": block["timestamp"] + delta} for block in blocks]
        return sorted(moved, key=lambda block: -block["height"])[:15]

    @cached_property
    def feed_names(self) -> tuple[str, ...]:
        """File names of the feeds."""
        return (*sorted(place.name for place in (self._path / "feeds" / "crypto").iterdir()), "pages.xml")

    def feed(self, name: str, base: str, request: Request) -> Reply | None:
        """A recorded feed, or the one that lists the recorded pages."""
        if name not in self.feed_names:
            return None
        if name == "pages.xml":
            source = Source("Recorded Pages", f"{base}/feeds/pages", base, self._entries(base, request.at))
            return conditional(rss(source), source.updated, request)
        place = self._path / "feeds" / "crypto" / name
        body = place.read_bytes()
        newest = max(map(_parse_date, _ENTRY_DATE.findall(body.decode("utf-8", "replace"))), default=0.0)
        delta = self._delta(newest, request.at)
        if delta:
            body = _DATE.sub(lambda date: f"{date[1]}{_moved_date(date[2], delta)}{date[3]}", body.decode()).encode()
        reply = Reply(200, body, {"content-type": _KINDS.get(place.suffix, "text/xml")})
        return conditional(reply, newest + delta, request)

    @cached_property
    def pages(self) -> dict[str, Path]:
        """Slug → file of the recorded pages."""
        places = sorted((self._path / "articles" / "aeb" / "html").glob("*.html.gz"))
        return {f"aeb-{place.name[:12]}": place for place in places}

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {slug: _title(gzip.decompress(place.read_bytes())) for slug, place in self.pages.items()}

    def _entries(self, base: str, now: float) -> Sequence[Entry]:
        newest = now // HOUR * HOUR - _FRESH_AGE if self.shifts else self._newest
        return [
            Entry(title, f"{base}/articles/{slug}", slug, newest - place * HOUR / 2, "", "", ())
            for place, (slug, title) in enumerate(self._titles.items())
        ]

    def article(self, slug: str) -> Reply | None:
        """A recorded page; what encoding it has is left for it to say."""
        place = self.pages.get(slug)
        return None if place is None else Reply(200, gzip.decompress(place.read_bytes()), {"content-type": "text/html"})


def _title(page: bytes) -> str:
    found = re.search(rb"<title[^>]*>(.*?)</title>", page, re.DOTALL | re.IGNORECASE)
    text = html.unescape(found[1].decode("utf-8", "replace")) if found else ""
    return " ".join(text.split()) or "Untitled page"


def _parse_date(text: str) -> float:
    text = text.strip()
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        return parsedate_to_datetime(text).timestamp()


def _moved_date(text: str, delta: float) -> str:
    moved = datetime.fromtimestamp(_parse_date(text), UTC) + timedelta(seconds=delta)
    return moved.strftime("%Y-%m-%dT%H:%M:%SZ") if text.strip()[:4].isdigit() else format_datetime(moved)
