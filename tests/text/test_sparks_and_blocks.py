"""Tiny pictures of numbers, and articles as plain text and plain data."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.news import (
    Block,
    Code,
    Heading,
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
from cointicker.text.blocks import count_words, pack_block, pack_link, plain_text, unpack_block, unpack_link
from cointicker.text.sparks import LEVELS, bar, resample, sparkline


def _spans(text: str) -> tuple[Span, ...]:
    return (Span(SafeText(text)),)


def test_the_lowest_and_highest_values_get_the_lowest_and_highest_bars() -> None:
    assert sparkline((1, 2, 3, 4, 5, 6, 7, 8), 8) == "▁▂▃▄▅▆▇█"
    assert sparkline((8, 1), 2) == "█▁"


def test_level_values_make_a_level_line_and_none_make_none() -> None:
    assert sparkline((5.0, 5.0, 5.0), 4) == "▄▄▄▄"
    assert sparkline((), 4) == ""
    assert sparkline((1, 2), 0) == ""


def test_many_values_are_averaged_and_few_repeated() -> None:
    assert resample((1, 3, 5, 7), 2) == (2, 6)
    assert resample((1, 2), 4) == (1, 1, 2, 2)


@given(st.lists(st.floats(min_value=1e-12, max_value=1e15), max_size=200), st.integers(0, 60))
def test_a_sparkline_is_as_wide_as_asked(values: list[float], width: int) -> None:
    line = sparkline(values, width)
    assert len(line) == (width if values else 0)
    assert set(line) <= set(LEVELS)


@pytest.mark.parametrize(("share", "width"), [(0.0, 0), (-1.0, 0), (0.001, 1), (0.5, 5), (1.0, 10), (2.0, 10)])
def test_a_bar_shows_anything_above_nothing_and_never_more_than_all(share: float, width: int) -> None:
    assert bar(share, 10) == "█" * width


BLOCKS: tuple[Block, ...] = (
    Heading(_spans("Mining"), 2),
    Paragraph(
        (
            Span(
                SafeText("Fees rose to "),
            ),
            Span(SafeText("2 sat/vB"), Tone.STRONG, 1),
            Span(SafeText(".")),
        )
    ),
    ListItem(_spans("one"), 0),
    ListItem(_spans("two"), 1, 2),
    Quotation(_spans("We sold all.")),
    Code((SafeText("a = 1"), SafeText("  b = 2"))),
    Table(((SafeText("coin"), SafeText("price")), (SafeText("比特币"), SafeText("1"))), header=True),
    Image(SafeText("A rig"), "https://news.example/rig.jpg"),
    Image(SafeText("")),
)


def test_an_article_as_plain_text_without_its_pictures() -> None:
    assert plain_text(BLOCKS) == (
        "Mining\n\nFees rose to 2 sat/vB.\n\n- one\n  - two\n\n> We sold all.\n\na = 1\n  b = 2\n\n"
        "coin    price\n比特币  1"
    )


def test_words_are_counted_without_images() -> None:
    assert count_words(BLOCKS[:2]) == 6
    assert count_words(BLOCKS[-2:]) == 0


@pytest.mark.parametrize(("text", "words"), [("比特币价格上涨", 4), ("Kindle の設定 works", 4), ("мир труд", 2)])
def test_words_are_counted_also_where_no_blanks_part_them(text: str, words: int) -> None:
    assert count_words([Paragraph(_spans(text))]) == words


def test_blocks_and_links_survive_json() -> None:
    packed = json.loads(json.dumps([pack_block(block) for block in BLOCKS]))
    assert tuple(map(unpack_block, packed)) == BLOCKS
    link = Link(1, SafeText("fees"), "https://news.example/fees")
    assert unpack_link(json.loads(json.dumps(pack_link(link)))) == link


@pytest.mark.parametrize("data", [[], ["z"], ["h"], ["p", [], 3]])
def test_what_was_never_packed_is_refused(data: list[object]) -> None:
    with pytest.raises(ValueError, match="not a block"):
        unpack_block(data)
