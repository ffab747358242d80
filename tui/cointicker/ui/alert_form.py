"""What can be watched for, how an alert stands, and what a form has to ask for each kind."""

from cointicker.domain.alerts import Alert, Kind
from cointicker.engine.alert_words import word_state
from cointicker.engine.state import Snapshot
from cointicker.text.numbers import format_price
from cointicker.ui.screens.form import Field

KIND_WORDS: dict[Kind, str] = {
    Kind.ABOVE: "the price rises to a level",
    Kind.BELOW: "the price falls to a level",
    Kind.CROSSES: "the price crosses a level, up or down",
    Kind.MOVE: "the price moves by so many percent within a time",
    Kind.NEW_HIGH: "the price reaches a new high",
    Kind.DEPEG: "a stablecoin leaves its peg, in basis points",
    Kind.HASHPRICE_ABOVE: "hashprice rises to a level, USD per PH and day",
    Kind.HASHPRICE_BELOW: "hashprice falls to a level, USD per PH and day",
    Kind.DIFFICULTY: "the difficulty changes by so many percent",
    Kind.KEYWORD: "a headline has a word",
}
"""What can be watched for, in the order in which it is offered."""


def alert_state(alert: Alert, now: float) -> tuple[str, str]:
    """How an alert stands, and the colour of it."""
    return word_state(alert, now), "up" if alert.is_awake(now) else "label"


def alert_fields(kind: Kind, coin: str, snapshot: Snapshot) -> list[Field]:
    """What to ask for an alert of a kind, the price of the coin filled in."""
    quote = snapshot.quotes.get(coin)
    price = format_price(quote.price).replace(",", "") if quote is not None and quote.price is not None else ""
    fields = (
        [] if kind.value.startswith(("hashprice", "difficulty")) else [Field("coin", "coin", coin, "bitcoin or BTC")]
    )
    match kind:
        case Kind.ABOVE | Kind.BELOW | Kind.CROSSES:
            fields.append(Field("level", f"price {snapshot.currency.upper()}", price))
        case Kind.MOVE:
            fields += [Field("level", "percent", "5"), Field("within", "within", "1h", "90m, 24h, 7d")]
        case Kind.NEW_HIGH:
            fields.append(Field("within", "of the last", "", "empty: all-time; or 24h, 7d"))
        case Kind.DEPEG:
            fields.append(Field("level", "basis points", "50"))
        case Kind.HASHPRICE_ABOVE | Kind.HASHPRICE_BELOW:
            mining = snapshot.mining
            now = f"{mining.hashprice:.2f}" if mining is not None and mining.hashprice is not None else ""
            fields.append(Field("level", "USD/PH/day", now))
        case Kind.DIFFICULTY:
            fields.append(Field("level", "percent", "5"))
        case Kind.KEYWORD:
            fields = [Field("keyword", "word", "", "halving"), Field("coin", "coin", coin, "empty: any")]
    return [*fields, Field("repeat", "repeat", "no", "yes or no"), Field("note", "note")]
