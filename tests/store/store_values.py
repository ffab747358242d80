"""Values that a source could have given, for the tests of the store."""

from hypothesis import strategies as st

from cointicker.domain.market import Quote
from cointicker.domain.mining import DayRate, Fees, FoundBlock, Mining, Pool
from cointicker.domain.news import (
    Article,
    Block,
    Code,
    Content,
    FeedHealth,
    Heading,
    Headline,
    Image,
    Link,
    ListItem,
    Paragraph,
    Quotation,
    Span,
    Table,
    Tone,
)
from cointicker.domain.words import SafeText
from cointicker.engine.ports import Deadline
from cointicker.text.safe import clean

FEED = "https://news.example/feed.xml"


def quote(coin_id: str = "bitcoin", price: float | None = 100.0, at: float = 1_800_000_000.0) -> Quote:
    return Quote(coin_id, SafeText(coin_id[:3].upper()), SafeText(coin_id.title()), "usd", price, at, at - 5)


def headline(
    headline_id: str = "a1b2c3d4",
    published: float | None = 1_799_999_000.0,
    *,
    title: str = "Miners add hashrate",
    url: str = "https://news.example/miners",
    starred: bool = False,
) -> Headline:
    source = SafeText("Example News")
    return Headline(headline_id, FEED, source, SafeText(title), url, 1_800_000_000.0, published, None, starred=starred)


def health(url: str = FEED, next_at: float = 1_800_000_600.0) -> FeedHealth:
    return FeedHealth(url, "Example News", 1_800_000_000.0, 1_800_000_000.0, next_at, items=1, etag='W/"x"')


def article(url: str = "https://news.example/miners", fetched_at: float = 1_800_000_000.0, words: int = 2) -> Article:
    blocks = (Paragraph((Span(SafeText("Two words")),)),)
    title, source = SafeText("Miners add hashrate"), SafeText("Example News")
    return Article(url, title, source, Content.PAGE, blocks, words=words, fetched_at=fetched_at)


numbers = st.floats(allow_nan=False, allow_infinity=False)
maybe = st.none() | numbers
amounts = st.none() | st.floats(min_value=1e-12, max_value=1e15)
texts = st.text(max_size=40).map(clean)
words = st.lists(texts, max_size=4).map(tuple)
codes = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=12)
addresses = st.builds("https://{}.example/{}?{}".format, codes, codes, codes)
times = st.floats(min_value=0, max_value=4e9)

quotes = st.builds(
    Quote, coin_id=codes, symbol=texts, name=texts, currency=st.just("usd"), price=amounts, fetched_at=times,
    updated_at=st.none() | times, change_1h=maybe, change_24h=maybe, change_7d=maybe, market_cap=amounts,
    volume_24h=amounts, rank=st.none() | st.integers(1, 20_000), high_24h=amounts, low_24h=amounts,
    sparkline=st.lists(numbers, max_size=200).map(tuple), unconfirmed=amounts, unconfirmed_at=st.none() | times,
    change_30d=maybe, change_1y=maybe, ath=amounts, ath_change=maybe, ath_at=st.none() | times, atl=amounts,
    atl_change=maybe, atl_at=st.none() | times, circulating_supply=amounts, total_supply=amounts, max_supply=amounts,
    fully_diluted=amounts,
)  # fmt: skip

headlines = st.builds(
    Headline, headline_id=codes, feed_url=addresses, source=texts, title=texts, url=st.just("") | addresses,
    first_seen=times, published=st.none() | times, updated=st.none() | times, author=texts, deck=texts, tags=words,
    categories=st.lists(codes, max_size=3).map(tuple), coins=st.lists(codes, max_size=3).map(tuple),
    read=st.booleans(), starred=st.booleans(),
)  # fmt: skip

_spans = st.lists(
    st.builds(Span, texts, st.sampled_from(Tone), st.none() | st.integers(1, 99)), max_size=4
).map(tuple)  # fmt: skip
_rows = st.integers(1, 4).flatmap(lambda wide: st.lists(st.tuples(*[texts] * wide), max_size=4)).map(tuple)
_blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, _spans, st.integers(1, 6)),
    st.builds(Paragraph, _spans),
    st.builds(Quotation, _spans),
    st.builds(ListItem, _spans, st.integers(0, 5), st.none() | st.integers(1, 99)),
    st.builds(Code, words),
    st.builds(Table, _rows, st.booleans()),
    st.builds(Image, texts, st.just("") | addresses),
)
articles = st.builds(
    Article, url=addresses, title=texts, source=texts, content=st.sampled_from(Content),
    blocks=st.lists(_blocks, max_size=6).map(tuple),
    links=st.lists(st.builds(Link, st.integers(1, 99), texts, addresses), max_size=3).map(tuple),
    author=texts, published=st.none() | times, updated=st.none() | times, words=st.integers(0, 10**6),
    reason=texts, fetched_at=times,
)  # fmt: skip

healths = st.builds(
    FeedHealth, url=addresses, name=texts, ok_at=st.none() | times, checked_at=st.none() | times, next_at=times,
    why=texts, failures=st.integers(0, 10**6), asked=st.booleans(), items=st.integers(0, 10**6),
    newest_at=st.none() | times, etag=st.text('abcXYZ"/-', max_size=20), last_modified=texts,
    pace=st.none() | times, quiet=st.frozensets(st.integers(0, 167), max_size=5), address=addresses,
    moved_to=addresses, moved_days=st.integers(0, 9), moved_at=st.none() | times, gone=st.booleans(),
)  # fmt: skip

deadlines = st.builds(
    Deadline, fetched_at=st.none() | times, next_at=times, why=texts, failures=st.integers(0, 10**6),
    asked=st.booleans(),
)  # fmt: skip

pools = st.lists(st.builds(Pool, texts, numbers), max_size=5).map(tuple)
whole = st.none() | st.integers(0, 10**7)
blocks = st.lists(st.builds(FoundBlock, st.integers(0, 10**7), st.none() | times, st.none() | texts, maybe, whole))
minings = st.builds(
    Mining, fetched_at=times, hashrate=amounts, hashrate_change_30d=maybe, difficulty=amounts, next_change=maybe,
    retarget_at=st.none() | times, remaining_blocks=st.none() | st.integers(0, 2016), hashprice=amounts,
    fees=st.none() | st.builds(Fees, numbers, numbers, numbers), height=st.none() | st.integers(0, 10**7),
    block_at=st.none() | times, block_pool=st.none() | texts, block_fees=amounts,
    pools=pools, pools_day=pools, hashrates=st.lists(st.builds(DayRate, times, numbers), max_size=5).map(tuple),
    blocks=blocks.map(tuple),
)  # fmt: skip
