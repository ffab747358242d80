"""Which coins an article names, and where for the first time."""

from cointicker.domain.mentions import CoinIndex, Place, known_coins
from cointicker.domain.news import Block, Code, Heading, ListItem, Paragraph, Quotation, Span, Table, Tone
from cointicker.domain.reading import find_mentions
from cointicker.domain.words import SafeText

INDEX = CoinIndex(known_coins())


def _spans(*texts: str) -> tuple[Span, ...]:
    return tuple(Span(SafeText(text), Tone.STRONG if index % 2 else Tone.PLAIN) for index, text in enumerate(texts))


def test_only_the_first_mention_of_a_coin_in_the_text_counts_and_the_title_is_counted_by_itself() -> None:
    blocks: tuple[Block, ...] = (
        Paragraph(_spans("Miners sold.")),
        Paragraph(_spans("Ethereum rose, Bitcoin fell.")),
        Quotation(_spans("Bitcoin is $BTC, and Dogecoin is not.")),
        ListItem(_spans("Ethereum again")),
    )
    found = find_mentions(INDEX, "Bitcoin miners sell", blocks)
    assert found.title == (Place("bitcoin", 0, 7),)
    assert found.blocks == {1: (Place("ethereum", 0, 8), Place("bitcoin", 15, 22)), 2: (Place("dogecoin", 21, 29),)}
    assert found.named == {"ethereum": "Ethereum", "bitcoin": "Bitcoin", "dogecoin": "Dogecoin"}
    assert found.coins == ("bitcoin", "ethereum", "dogecoin")


def test_a_name_over_two_runs_of_words_is_found() -> None:
    found = find_mentions(INDEX, "", (Paragraph(_spans("the price of Bit", "coin fell")),))
    assert found.blocks == {0: (Place("bitcoin", 13, 20),)}


def test_headings_code_and_tables_are_left_alone() -> None:
    blocks: tuple[Block, ...] = (
        Heading(_spans("Bitcoin")),
        Code((SafeText("Bitcoin"),)),
        Table(((SafeText("Bitcoin"),),)),
    )
    assert find_mentions(INDEX, "", blocks).coins == ()


def test_of_a_hundred_coins_the_first_two_dozen_are_set_apart() -> None:
    symbols = [coin.symbol for coin in known_coins()]
    found = find_mentions(INDEX, "", tuple(Paragraph(_spans(f"The ${symbol} token")) for symbol in symbols))
    assert len(found.coins) == 24
