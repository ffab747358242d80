"""What CoinGecko means when it does not answer: six shapes of JSON, plain text and web pages, in words.

A code or a message may stand at the top, in ``status`` or in ``error.status``; ``status`` may be a number; and an
answer with the status 200 may be an error too.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cointicker.domain.freshness import Cause, Failed
from cointicker.sources.http import Response
from cointicker.sources.json_body import is_page
from cointicker.sources.parsing.walls import blocked_by
from cointicker.sources.server_time import retry_at
from cointicker.text.safe import clean

_KEY_MISSING = 10002
_MESSAGE_LIMIT = 160
_FIREWALL = re.compile(rb"(?i)access denied|used cloudflare to restrict|error code: 10\d\d|you have been blocked")
_SEARCHED = 65_536
"""Bytes of a page that are searched for signs of a wall."""

_ROBOT = ("CoinGecko takes this program for a robot; waiting before the next try", Cause.BLOCKED)
_FIREWALLED = ("CoinGecko's firewall refuses this network: try later, or from another one", Cause.BLOCKED)
_NOT_KNOWN = ("CoinGecko does not know this coin", Cause.MISSING)
_NO_CATEGORY = ("CoinGecko does not know this category", Cause.MISSING)
_NO_CURRENCY = ("CoinGecko has no prices in this currency: choose another one", Cause.MISSING)
_MONTH_USED_UP = ("The calls of this month are used up: wait for the next month, or use another key", Cause.LIMITED)
_BY_CODE: dict[int, tuple[str, Cause]] = {
    10005: ("CoinGecko gives this to paid keys only: set market.pro_api_key", Cause.REFUSED),
    10010: (
        "This host does not take Pro keys: set market.base_url to https://pro-api.coingecko.com/api/v3/",
        Cause.REFUSED,
    ),
    10011: (
        "This host does not take Demo keys: set market.base_url to https://api.coingecko.com/api/v3/",
        Cause.REFUSED,
    ),
    10012: ("CoinGecko gives prices of more than 365 days ago to paid keys only", Cause.REFUSED),
}
"""CoinGecko's own codes whose meaning does not depend on the key in use."""
_BY_STATUS: dict[int, tuple[str, Cause]] = {
    403: ("CoinGecko refuses to answer", Cause.BLOCKED),
    404: ("There is no CoinGecko API at market.base_url", Cause.MISSING),
    407: ("A proxy on the way asks for a login", Cause.BLOCKED),
    408: ("CoinGecko gave up waiting for the question", Cause.TIMEOUT),
    410: ("There is no CoinGecko API at market.base_url any more", Cause.MISSING),
    414: ("Too many coins for one question", Cause.TOO_LARGE),
    451: ("CoinGecko does not answer in this country", Cause.BLOCKED),
}


@dataclass(frozen=True, slots=True)
class Access:
    """How CoinGecko is asked, as far as the words of a failure depend on it."""

    key_setting: str = ""
    """Name of the setting that the key in use comes from; empty when there is none."""
    key: str = ""
    unusable: str = ""
    """Why nothing can be asked with this key, in words; empty when it can."""

    def redact(self, text: str) -> str:
        """The text without the key."""
        return text.replace(self.key, "***") if self.key else text


def explain(response: Response, document: object, access: Access) -> Failed | None:
    """Why an answer is none, or ``None`` where nothing in it says so.

    ``document`` is the JSON of the answer, ``None`` where it is none; whether it holds quotes is not looked at.
    """
    code, message = 0, ""
    if isinstance(document, Mapping):
        code = _code(document)
        message = access.redact(clean(access.redact(_message(document)), _MESSAGE_LIMIT))
    if response.status == 200 and not code and not message:
        return _page_instead(response)
    status = response.status if response.status != 200 else code if 400 <= code < 600 else 400
    why, cause = _by_code(code, message, access) or _by_text(response, message) or _by_status(status, message, access)
    return Failed(why, retry_at(response), cause)


def _page_instead(response: Response) -> Failed | None:
    """A web page with status 200: a bot wall, or a network that wants a login first."""
    if not is_page(response.body):
        return None
    wall = _wall(response)
    if wall is not None:
        return Failed(wall[0], None, wall[1])
    return Failed("A web page came instead of prices: does this network ask for a login first?", None, Cause.BROKEN)


def _by_code(code: int, message: str, access: Access) -> tuple[str, Cause] | None:
    """The surest sign of all."""
    if code == 429:
        return _limited(message, access)
    return _key_refused(access) if code == _KEY_MISSING else _BY_CODE.get(code)


def _by_text(response: Response, message: str) -> tuple[str, Cause] | None:
    """Errors that only their wording tells apart."""
    lowered = message.lower()
    if "vs_currency" in lowered and "missing" not in lowered:
        return _NO_CURRENCY
    if re.search(r"coin not found|could not find coin", lowered):
        return _NOT_KNOWN
    if re.search(r"category[^.]*(?:not found|invalid)|(?:invalid|unknown) category", lowered):
        return _NO_CATEGORY
    return None if response.status == 429 else _wall(response)


def _wall(response: Response) -> tuple[str, Cause] | None:
    """What stands between: a firewall, or a page that only a browser gets past."""
    beginning = response.body[:_SEARCHED]
    if response.status < 500 and _FIREWALL.search(beginning):
        return _FIREWALLED
    return None if blocked_by(response.headers, beginning.decode("utf-8", "replace")) is None else _ROBOT


def _by_status(status: int, message: str, access: Access) -> tuple[str, Cause]:
    if status == 401:
        return _key_refused(access)
    if status == 429:
        return _limited(message, access)
    if status >= 500:
        return f"CoinGecko has trouble of its own (status {status})", Cause.SERVER
    if status < 400:
        return f"CoinGecko sent no prices (status {status})", Cause.BROKEN
    words, cause = _BY_STATUS.get(status, (f"CoinGecko did not take the question (status {status})", Cause.BROKEN))
    return words + (f": {message}" if message else ""), cause


def _limited(message: str, access: Access) -> tuple[str, Cause]:
    if "month" in message.lower():
        return _MONTH_USED_UP
    advice = "" if access.key else "; a free Demo key allows more"
    return f"CoinGecko wants fewer calls{advice}", Cause.LIMITED


def _key_refused(access: Access) -> tuple[str, Cause]:
    if access.key_setting:
        return f"CoinGecko refused the API key: check {access.key_setting}", Cause.REFUSED
    return "CoinGecko asks for an API key: set market.demo_api_key, it is free", Cause.REFUSED


def _places(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Where a code and a message may stand."""
    yield document
    for outer in (document, document.get("error")):
        status = outer.get("status") if isinstance(outer, Mapping) else None
        if isinstance(status, Mapping):
            yield status


def _code(document: Mapping[str, Any]) -> int:
    """The code of an error; 0 where there is none."""
    for place in _places(document):
        raw = place.get("error_code")
        if isinstance(raw, int) and not isinstance(raw, bool):
            return raw
        if isinstance(raw, str) and raw.isascii() and raw.isdecimal() and len(raw) < 9:
            return int(raw)
    return 0


def _message(document: Mapping[str, Any]) -> str:
    for place in _places(document):
        for name in ("error_message", "error", "message"):
            text = place.get(name)
            if isinstance(text, str):
                return text
    return ""
