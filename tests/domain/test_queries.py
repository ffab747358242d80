"""The language of searches: what is meant, what is wrong, and that nothing typed can do harm."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.news import Headline
from cointicker.domain.queries import (
    LONGEST,
    Key,
    Mark,
    Query,
    haystack,
    matcher,
    parse_query,
    subject_of,
    tokenise,
)
from cointicker.domain.words import SafeText
from cointicker.text.safe import clean

NOW = 1_800_000_000.0
DAY = 86_400.0
AGE = "wants an age such as 12h, 2d or 1w, or a date such as 2026-01-31"


def _headline(title: str = "Miners sell bitcoin", **changes: object) -> Headline:
    values: dict[str, object] = {
        "headline_id": "id",
        "feed_url": "https://one.example/feed",
        "source": SafeText("The Block"),
        "title": SafeText(title),
        "url": "https://one.example/1",
        "first_seen": NOW,
        "published": NOW - 3600,
        "author": SafeText("Zoë Müller"),
        "deck": SafeText("Hashprice fell below $40, says S&P"),
        "tags": (SafeText("Markets"),),
        "coins": ("bitcoin",),
        "categories": ("Mining",),
    }
    return Headline(**(values | changes))  # type: ignore[arg-type]


def _true(text: str, headline: Headline | None = None, *, typing: bool = False) -> bool:
    query = parse_query(text, NOW, typing=typing)
    assert query.mistakes == ()
    return matcher(query)(subject_of(headline or _headline()))


@pytest.mark.parametrize(
    "text",
    [
        "miners", "MINERS", "miner", "miners bitcoin", "hashprice miners", '"sell bitcoin"', "sell*", "hashp*", "40",
        "$40", "S&P", '"says s p"', "market", "-block", "-zoe", "-ethereum", '-"bitcoin miners"',
        "coin:btc", "coin:BTC", "coin:$btc", "coin:Bitcoin", "coin:bitcoin", "-coin:eth", "source:block",
        'source:"the block"', "source:blo", "-source:coindesk", "author:zoe", 'author:"zoe muller"', "category:mining",
        "-category:defi", "newer:2h", "newer:2d", "newer:1w", "newer:1mo", "newer:1y", "older:30m", "-older:2h",
        "-newer:30m", "newer:2020-01-31", "older:2099-1-1", "is:unread", "-is:read", "-is:starred", "", "   ",
        "“sell bitcoin”", 'miners "sell', "category:all",
    ],
)  # fmt: skip
def test_these_are_true_of_the_headline(text: str) -> None:
    assert _true(text)


@pytest.mark.parametrize(
    "text",
    [
        "mine", "bitco", "ethereum", '"miner"', '"bitcoin sell"', '"sell bitcoin hashprice"', "-miners", "-sell*",
        '-"sell bitcoin"', "miners ethereum", "coin:eth", "-coin:btc", "source:coindesk", 'source:"blo"',
        "author:smith", "source:miners", "category:defi", "-category:mining", "newer:30m", "older:2h",
        "newer:2099-01-01", "older:2020-01-31", "is:read", "is:starred", "-is:unread", "block", "müller",
    ],
)  # fmt: skip
def test_these_are_not(text: str) -> None:
    assert not _true(text)


def test_the_last_word_is_a_beginning_while_one_types() -> None:
    assert _true("min", typing=True)
    assert not _true("min bitcoin", typing=True)
    assert not _true("min ", typing=True)
    assert not _true('"min', typing=True)
    assert parse_query("miners sel", NOW, typing=True).text == "miners sel*"
    assert parse_query("miners sell ", NOW, typing=True).text == "miners sell"
    assert parse_query("min*", NOW, typing=True).text == "min*"
    assert _true("miners -bit", typing=True), "what is not finished hides nothing"


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ("a sorce:x", (2, 9), "sorce: is not a key; did you mean source:?"),
        ("http://x", (0, 8), "http: is not a key, only coin:, source:, category:, author:, newer:, older:, is:"),
        ("coin:nosuchcoin", (0, 15), "no coin is called nosuchcoin"),
        ("coin: x", (0, 5), "coin: wants a symbol, name or id"),
        ("category:minning", (0, 16), "category:minning is unknown; did you mean Mining?"),
        ("category:cooking", (0, 16), "category: wants a category, not cooking"),
        ("is:stared", (0, 9), "is:stared is unknown; did you mean starred?"),
        ("newer:soon", (0, 10), f"newer: {AGE}, not soon"),
        ("older:2026-02-30", (0, 16), f"older: {AGE}, not 2026-02-30"),
        ("!!! x", (0, 3), "there is no word in !!!"),
        ("author:", (0, 7), "author: wants a name"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told_with_its_place_and_the_nearest_right_word(
    text: str, place: tuple[int, int], why: str
) -> None:
    (mistake,) = parse_query(text, NOW).mistakes
    assert ((mistake.start, mistake.end), mistake.why) == (place, why)
    assert parse_query(f"{text} miners", NOW).words[-1].tokens == ("miners",)


@pytest.mark.parametrize("text", ["miners coi:", "coin:b", "category:mi", "newer:", "is:un", "x -", "source:"])
def test_what_is_not_finished_is_no_mistake_yet(text: str) -> None:
    assert parse_query(text, NOW, typing=True).mistakes == ()
    assert parse_query(f"{text} ", NOW, typing=True).mistakes != ()


def test_the_parts_of_a_query() -> None:
    query = parse_query('ETF "hash price" -source:"Coin Desk" coin:eth is:starred newer:2d older:12h', NOW)
    assert [(each.tokens, each.negated, each.key, each.exact) for each in query.words] == [
        (("etf",), False, None, False),
        (("hash", "price"), False, None, True),
        (("coin", "desk"), True, Key.SOURCE, True),
    ]
    assert query.coins == ((frozenset({"ethereum"}), False),)
    assert query.marks == ((Mark.STARRED, False),)
    assert (query.since, query.until) == (NOW - 2 * DAY, NOW - DAY / 2)


def test_of_two_bounds_the_closer_one_holds() -> None:
    query = parse_query("newer:1w newer:1d newer:3d older:1h older:2h", NOW)
    assert (query.since, query.until) == (NOW - DAY, NOW - 7200)


def test_a_day_begins_where_the_person_is() -> None:
    day = datetime(2026, 1, 31).timestamp()  # noqa: DTZ001
    assert parse_query("newer:2026-01-31", NOW).since == day
    assert parse_query("older:2026-01-31", NOW).until == day
    midnight = datetime.fromtimestamp(NOW).replace(hour=0, minute=0, second=0, microsecond=0)  # noqa: DTZ006
    assert parse_query("newer:today", NOW).since == midnight.timestamp()


def test_words_of_two_texts_are_not_next_to_each_other() -> None:
    assert not _true('"bitcoin hashprice"')
    assert " one  two " in haystack(("One", "Two"))


def test_accents_do_not_count_on_either_side() -> None:
    assert _true("cafe", _headline("Café geöffnet"))
    assert _true("geöffnet*", _headline("Cafe geoffnetes"))
    assert tokenise("ΑΘΉΝΑ İstanbul") == ("αθηνα", "istanbul")


typed = st.text(st.sampled_from("abc \":-*()^{}+éß漢'\\\0\n~NEAR ANDORcoin:is:newer:"), max_size=40) | st.text(
    max_size=60
)


@given(typed, st.booleans())
def test_whatever_is_typed_is_read_and_holds_nothing_but_letters_and_digits(text: str, typing: bool) -> None:
    query = parse_query(text, NOW, typing=typing)
    for words in query.words:
        assert words.tokens
        assert all(token.isalnum() for token in words.tokens)
        assert all(tokenise(form) for form in words.forms)
    for mistake in query.mistakes:
        assert 0 <= mistake.start < mistake.end <= len(text)
    matcher(query)(subject_of(_headline()))


@given(typed)
def test_what_a_finished_query_says_it_says_again(text: str) -> None:
    kept = parse_query(text[:LONGEST].rstrip(), NOW, typing=True)
    assert parse_query(kept.text, NOW).words == kept.words


@given(
    st.text(min_size=1, max_size=30).map(clean).filter(lambda text: tokenise(text) and not set(text) & set('"“”„«»'))
)
def test_a_title_is_found_by_itself_in_quotes(title: str) -> None:
    assert _true(f'"{title}"', _headline(title))


def test_a_query_without_a_wish_is_none() -> None:
    assert not parse_query("", NOW)
    assert not parse_query("nokey:x", NOW)
    assert parse_query("x", NOW)
    assert Query().mistake == ""
