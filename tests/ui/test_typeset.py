"""Articles broken into lines: never too wide, never a word lost, links where they say."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.news import (
    Block,
    Code,
    Heading,
    Image,
    ListItem,
    Paragraph,
    Quotation,
    Span,
    Table,
    Tone,
)
from cointicker.domain.words import SafeText
from cointicker.text.cells import cell_width
from cointicker.ui.inks import Inks
from cointicker.ui.typeset import Line, Typesetter, wrap
from ui.samples import few, texts, words
from ui.stage import themes

INKS = Inks(themes()["midnight"])
LINKS = {1: "https://one.example/", 2: "https://two.example/"}
widths = st.integers(8, 90)
spans = st.lists(
    st.builds(Span, texts, st.sampled_from(Tone), st.sampled_from([None, 1, 2, 9])), min_size=1, max_size=4
).map(tuple)
rows = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(texts, min_size=columns, max_size=columns).map(tuple), min_size=1, max_size=4
    ).map(tuple)
)
blocks = st.lists(
    st.one_of(
        st.builds(Heading, spans, st.integers(1, 6)),
        st.builds(Paragraph, spans),
        st.builds(Quotation, spans),
        st.builds(ListItem, spans, st.integers(0, 12), st.none() | st.integers(1, 1000)),
        st.builds(Code, st.lists(texts, max_size=4).map(tuple)),
        st.builds(Table, rows, st.booleans()),
        st.builds(Image, texts),
    ),
    max_size=5,
)


def _text(line: Line) -> str:
    return "".join(text for text, _ in line.pieces)


def _set(given_blocks: Sequence[Block], width: int) -> list[Line]:
    return Typesetter(INKS, width, LINKS).set(given_blocks)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _span(text: str, link: int | None = None, tone: Tone = Tone.PLAIN) -> Span:
    return Span(SafeText(text), tone, link)


@given(texts, widths)
def test_wrapped_lines_fit_and_hold_every_sign(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_width(line) <= width for line in lines)
    assert _squeezed("".join(lines)) == _squeezed(text)


@given(st.lists(words, min_size=1, max_size=20), widths)
def test_a_word_that_fits_is_never_broken(parts: list[str], width: int) -> None:
    whole = [word for word in parts if cell_width(word) <= width]
    assert " ".join(wrap(" ".join(whole), width)).split() == whole


@few
@given(blocks, widths)
def test_no_line_of_any_block_is_wider_than_the_column(given_blocks: list[Block], width: int) -> None:
    for line in _set(given_blocks, width):
        assert cell_width(_text(line)) <= width, _text(line)


@few
@given(spans, widths)
def test_no_word_of_a_paragraph_is_lost(given_spans: tuple[Span, ...], width: int) -> None:
    shown = _squeezed("".join(map(_text, _set([Paragraph(given_spans)], width))))
    links = [*(span.link for span in given_spans), None]
    marks = [f"[{link}]" if link in LINKS and link != after else "" for link, after in pairwise(links)]
    assert shown == _squeezed("".join(span.text + mark for span, mark in zip(given_spans, marks, strict=True)))


@few
@given(spans, widths)
def test_every_cell_of_a_link_says_where_it_leads_and_no_other_does(given_spans: tuple[Span, ...], width: int) -> None:
    for line in _set([Quotation(given_spans)], width):
        column = 0
        for text, style in line.pieces:
            for sign in text:
                numbers = [number for start, end, number, _ in line.spots if start <= column < end]
                if style.link is not None:
                    assert [LINKS[number] for number in numbers if isinstance(number, int)] == [style.link]
                elif not style.italic and numbers:
                    assert sign in " []12"
                column += cell_width(sign)


def test_a_link_across_two_lines_can_be_found_on_both() -> None:
    lines = _set([Paragraph((_span("read "), _span("the whole report", 1), _span(" now")))], 12)
    assert [(_text(line), line.spots) for line in lines] == [
        ("read the", ((5, 8, 1, False),)),
        ("whole", ((0, 5, 1, False),)),
        ("report [1]", ((0, 6, 1, False), (6, 10, 1, False))),
        ("now", ()),
    ]


def test_a_number_follows_its_word_into_the_next_line_unless_both_are_longer_than_one() -> None:
    lines = _set([Paragraph((_span("read it "), _span("here", 1), _span(", now")))], 14)
    assert list(map(_text, lines)) == ["read it", "here [1], now"]
    lines = _set([Paragraph((_span("abcdefghijkl", 1),))], 12)
    assert list(map(_text, lines)) == ["abcdefghijkl", "[1]"]


def test_a_blank_at_the_end_of_a_link_stands_behind_its_number() -> None:
    (line,) = _set([Paragraph((_span("by "), _span("One ", 1), _span("and "), _span("Two", 2), _span(".")))], 60)
    assert _text(line) == "by One [1] and Two [2]."


def test_a_link_of_several_tones_has_one_number() -> None:
    (line,) = _set([Paragraph((_span("the ", 1), _span("whole", 1, Tone.STRONG), _span(" now")))], 60)
    assert _text(line) == "the whole [1] now"


def test_a_number_that_no_link_has_is_plain_text() -> None:
    (line,) = _set([Paragraph((_span("nowhere", 9),))], 20)
    assert (_text(line), line.spots) == ("nowhere", ())


def test_blocks_stand_apart_but_items_of_a_list_together() -> None:
    item = ListItem((_span("item"),))
    lines = _set([Heading((_span("head"),)), Paragraph((_span("words"),)), item, item, Paragraph((_span("end"),))], 20)
    assert list(map(_text, lines)) == ["head", "", "words", "", "• item", "• item", "", "end"]


def test_a_long_item_goes_on_under_its_first_word() -> None:
    lines = _set([ListItem((_span("one two three"),), depth=1, number=10)], 18)
    assert list(map(_text, lines)) == ["  10. one two", "      three"]


def test_a_quotation_of_two_paragraphs_has_one_bar() -> None:
    lines = _set([Quotation((_span("one"),)), Quotation((_span("two"),))], 20)
    assert list(map(_text, lines)) == ["▌  one", "▌", "▌  two"]


def test_code_keeps_its_blanks_and_stands_on_a_ground_of_even_width() -> None:
    lines = _set([Code((SafeText("if x:"), SafeText("    return  1")))], 20)
    assert list(map(_text, lines)) == [" if x:              ", "     return  1      "]


def test_code_is_broken_at_its_blanks_and_goes_on_under_its_own_indent() -> None:
    lines = _set([Code((SafeText("    served by one host"), SafeText("x" * 20)))], 18)
    assert list(map(str.rstrip, map(_text, lines))) == ["     served by", "       one host", f" {'x' * 16}", "   xxxx"]


def test_a_picture_is_named_even_where_it_has_no_name() -> None:
    assert list(map(_text, _set([Image(SafeText("A chart")), Image(SafeText(""))], 20))) == [
        "▣ A chart",
        "",
        "▣ picture",
    ]


def test_brackets_are_words_and_nothing_else() -> None:
    text = "up [/b] on [ATH] and [@click=app.quit]here[/] :rocket:"
    (line,) = _set([Paragraph((_span(text),))], 80)
    assert _text(line) == text
