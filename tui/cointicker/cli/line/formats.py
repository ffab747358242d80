"""The format of a line: text with fields in braces, ``{{`` and ``}}`` for braces themselves."""

from cointicker.cli.line.request import RequestError

COIN_FIELDS = (
    *("symbol", "name", "price", "change", "change_1h", "change_24h", "change_7d", "arrow", "age", "cap", "volume"),
)
"""What there is behind the point of ``{BTC.price}``. ``change`` is as in the price bar: a stablecoin's is its peg's."""
NEWS_FIELDS = ("headline", "headline.source", "headline.age", "unread")
MINING_FIELDS = ("hashprice", "hashrate", "difficulty", "retarget", "fees", "block")
FIELDS = ("coins", *NEWS_FIELDS, *MINING_FIELDS, "age", "stale", "list", "currency")
DEFAULT = "{coins}"


class Part:
    """A text, or one field."""

    __slots__ = ("coin", "field", "text")

    def __init__(self, text: str = "", field: str = "", coin: str = "") -> None:
        self.text = text
        self.field = field
        """A name out of ``FIELDS``, or out of ``COIN_FIELDS`` where there is a coin."""
        self.coin = coin
        """An id, symbol or alias, in lower case."""


def parse_format(text: str) -> list[Part]:
    """The parts of a format. Raises ``RequestError``."""
    parts: list[Part] = []
    plain = ""
    place = 0
    while place < len(text):
        sign = text[place]
        if sign in "{}" and text[place + 1 : place + 2] == sign:
            plain += sign
            place += 2
        elif sign == "{":
            end = text.find("}", place)
            if end < 0:
                raise RequestError(f"--format: {_cut(text[place:])!r} has no closing brace; a brace itself is {{{{")
            if plain:
                parts.append(Part(plain))
                plain = ""
            parts.append(_field(text[place + 1 : end]))
            place = end + 1
        elif sign == "}":
            raise RequestError("--format: a closing brace closes nothing; a brace itself is }}")
        else:
            plain += sign if sign.isprintable() else " "
            place += 1
    if plain:
        parts.append(Part(plain))
    return parts


def _field(name: str) -> Part:
    if name in FIELDS:
        return Part(field=name)
    coin, point, field = name.rpartition(".")
    if point and coin and field in COIN_FIELDS and coin != "headline":
        return Part(field=field, coin=coin.strip().lower())
    raise RequestError(f"--format: {{{_cut(name)}}} is no field{_meant(name, coin, field)}")


def _meant(name: str, coin: str, field: str) -> str:
    """The field that a wrong one stands for."""
    from cointicker.config.problems import nearest  # noqa: PLC0415 - needed only once something is wrong

    near = nearest(name, FIELDS)
    if not near and coin and coin != "headline":
        near = f"{coin}.{nearest(field, COIN_FIELDS) or 'price'}"
    elif not near and name.isalnum():
        near = f"{name}.price"
    return f"; did you mean {{{_cut(near)}}}?" if near else f" (there are: {', '.join(FIELDS)}, and BTC.price …)"


def _cut(text: str) -> str:
    """What a person typed, as it is repeated in a sentence."""
    return text if len(text) <= 60 else text[:59] + "…"
