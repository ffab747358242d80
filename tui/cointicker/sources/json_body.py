"""JSON of a foreign server, read so that no document can do more than be refused.

The standard reader takes ``NaN`` and ``Infinity`` as numbers, gives up on a whole document for one integer of five
thousand digits, and lets ``RecursionError`` out.
"""

import json
import math
import re
from typing import Any

_MOST_DIGITS = 300
"""Digits of an integer; longer ones fit no float and take quadratic time."""


_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|\?xml|!--)", re.IGNORECASE)


class UnreadableJsonError(ValueError):
    """The bytes are not a JSON document in UTF-8."""


def read_json(body: bytes) -> Any:
    """The value of a document. Numbers that are none become ``None``, so one bad field spoils no other.

    Raises ``UnreadableJsonError`` for anything that is not JSON in UTF-8 or that is nested too deeply. Strings may
    hold lone surrogates: they must pass ``text.safe`` like all foreign text.
    """
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_no_number, parse_int=_integer)
    except (ValueError, RecursionError) as error:  # bad UTF-8 is a ValueError too
        raise UnreadableJsonError("not a JSON document") from error


def is_page(body: bytes) -> bool:
    """Whether a web page came instead, as from a network that wants a login first."""
    return _PAGE.match(body) is not None


def _no_number(_name: str) -> None:
    return None


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MOST_DIGITS else math.inf
