"""Finding words in the lines of an article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from cointicker.domain.news import Paragraph, Span
from cointicker.domain.words import SafeText
from cointicker.text.cells import cell_width
from cointicker.ui.finding import Finder, FoundText, fold
from cointicker.ui.inks import Inks
from cointicker.ui.typeset import Line, Spot, Typesetter
from ui.samples import few, texts
from ui.stage import themes

INKS = Inks(themes()["midnight"])
PLAIN = Style.null()


def _lines(text: str, width: int) -> list[Line]:
    return Typesetter(INKS, width, {}).set([Paragraph((Span(SafeText(text)),))])


def _cut(lines: list[Line], row: int, start: int, end: int) -> str:
    """What stands in some cells."""
    kept, column = "", 0
    for sign in lines[row].text:
        if start <= column < end:
            kept += sign
        column += cell_width(sign)
    return kept


@pytest.mark.parametrize(
    ("text", "query"),
    [("Miners SELL", "sell"), ("São Paulo", "sao"), ("Café", "café"), ("Straße", "STRASSE"), ("ﬁne print", "fine")],
)
def test_case_accents_and_ligatures_do_not_count(text: str, query: str) -> None:
    assert len(FoundText(_lines(text, 40)).hits(query)) == 1


def test_words_are_found_where_a_line_ends_between_them() -> None:
    lines = _lines("the lowest hashprice since the halving", 20)
    (hit,) = FoundText(lines).hits("hashprice  since the")
    assert [_cut(lines, *cells) for cells in hit] == ["hashprice", "since the"]


def test_words_are_found_around_a_chip_and_never_in_one() -> None:
    line = Line((("Bitcoin  BTC 88,349.00  fell", PLAIN),), (Spot(8, 22, "bitcoin", chip=True),))
    text = FoundText([line])
    assert text.hits("88,349") == ()
    assert len(text.hits("bitcoin fell")) == 1


@few
@given(texts, st.integers(8, 60), st.integers(0, 20), st.integers(1, 12))
def test_whatever_stands_in_the_text_is_found_where_it_is(text: str, width: int, start: int, length: int) -> None:
    query = " ".join(text.split()[start : start + length])
    lines = _lines(text, width)
    hits = FoundText(lines).hits(query)
    assert bool(hits) == bool(fold(query).strip())
    for hit in hits:
        found = "".join(_cut(lines, *cells) for cells in hit)
        assert "".join(fold(query).split()) in "".join(fold(found).split())


def _typed(finder: Finder, text: str) -> None:
    for sign in text:
        finder.take(sign, sign)


def test_the_first_hit_is_the_one_from_where_one_reads() -> None:
    lines = [Line((("hash", PLAIN),)), Line((("rate", PLAIN),)), Line((("hash", PLAIN),))]
    finder = Finder()
    finder.search(lines)
    finder.open(1)
    _typed(finder, "hash")
    assert (finder.current, len(finder.hits)) == (1, 2)
    finder.step(1)
    assert finder.current == 0
    finder.step(-1)
    assert finder.current == 1


def test_what_is_typed_can_be_mended() -> None:
    finder = Finder()
    finder.open(0)
    _typed(finder, "two words")
    finder.take("backspace", None)
    assert finder.query == "two word"
    finder.take("ctrl+w", None)
    assert finder.query == "two"
    finder.take("ctrl+u", None)
    assert finder.query == ""
    assert finder.typing
    finder.take("backspace", None)
    assert not finder.active


def test_words_longer_than_their_room_show_their_end_and_how_often_they_are_there() -> None:
    finder = Finder()
    finder.open(0)
    _typed(finder, "a" * 50 + "日本z")
    shown = "".join(text for text, _ in finder.words(PLAIN, PLAIN, PLAIN, 40))
    assert cell_width(shown) <= 40
    assert shown.startswith("/…a")
    assert shown.endswith("日本z    not in this article")


def test_pasted_text_is_made_safe_and_searched_for() -> None:
    finder = Finder()
    finder.search([Line((("sell low", PLAIN),))])
    finder.open(0)
    finder.paste("sell\x1b[31m\nlow\n")
    assert finder.query == "sell low"
    assert len(finder.hits) == 1


def test_other_lines_keep_the_hit() -> None:
    finder = Finder()
    finder.search(_lines("hash rate and hash price and hash", 12))
    finder.open(0)
    _typed(finder, "hash")
    finder.step(1)
    finder.search(_lines("hash rate and hash price and hash", 30))
    assert (finder.current, len(finder.hits)) == (1, 3)
