"""Where one can stop in an article, and the letters for it."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from cointicker.domain.mentions import Place
from cointicker.domain.news import Paragraph, Quotation, Span
from cointicker.domain.words import SafeText
from cointicker.text.cells import cell_width
from cointicker.ui.inks import Inks
from cointicker.ui.stops import find_stops, hint_labels
from cointicker.ui.typeset import Line, Marks, Spot, Typesetter
from ui.samples import few, texts
from ui.stage import themes

INKS = Inks(themes()["midnight"])
LINKS = {1: "https://one.example/", 2: "https://two.example/"}


def _set(spans: tuple[Span, ...], width: int, places: tuple[Place, ...] = (), spacing: int = 1) -> list[Line]:
    marks = Marks({0: places}, lambda coin: f" {coin[:3].upper()} 88,349.00 ")
    return Typesetter(INKS, width, LINKS, marks, spacing=spacing).set([Paragraph(spans)])


def _span(text: str, link: int | None = None) -> Span:
    return Span(SafeText(text), link=link)


def test_a_link_on_two_lines_is_one_stop_also_where_lines_stand_apart() -> None:
    for spacing in (1, 2):
        lines = _set((_span("read "), _span("the whole report", 1), _span(" now")), 12, spacing=spacing)
        (stop,) = find_stops(lines)
        assert stop.target == 1
        assert (stop.row, stop.last_row) == (0, 2 * spacing)


def test_two_links_side_by_side_are_two_stops() -> None:
    lines = _set((_span("one", 1), _span(" "), _span("two", 2)), 40)
    assert [stop.target for stop in find_stops(lines)] == [1, 2]


def test_a_coin_and_its_chip_are_one_stop_and_the_same_coin_elsewhere_another() -> None:
    head = Line((("BTC 88,349.00", Style.null()),), (Spot(0, 13, "bitcoin"),))
    text = _set((_span("Bitcoin, they say"),), 40, (Place("bitcoin", 0, 7),))
    stops = find_stops([head, Line(), *text])
    assert [(stop.target, stop.row, len(stop.cells)) for stop in stops] == [("bitcoin", 0, 1), ("bitcoin", 2, 2)]


def test_a_chip_stands_behind_the_whole_word_and_its_comma() -> None:
    (line,) = _set((_span("Bitcoin's, they say"),), 60, (Place("bitcoin", 0, 7),))
    assert line.text == "Bitcoin's,  BIT 88,349.00  they say"
    assert [line.text[spot.start : spot.end] for spot in line.spots] == ["Bitcoin", " BIT 88,349.00 "]


def test_a_chip_of_a_link_stands_behind_its_number() -> None:
    spans = (_span("see "), _span("Bitcoin mining", 1), _span(" and more"))
    (line,) = _set(spans, 60, (Place("bitcoin", 4, 11),))
    assert line.text == "see Bitcoin mining [1]  BIT 88,349.00  and more"


def test_a_chip_that_is_wider_than_the_column_is_left_out() -> None:
    lines = _set((_span("Bitcoin is up"),), 8, (Place("bitcoin", 0, 7),))
    assert "88,349" not in "".join(line.text for line in lines)


@few
@given(texts, st.integers(8, 90), st.data())
def test_a_chip_costs_no_word_and_no_width(text: SafeText, width: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    places = (Place("bitcoin", start, end),) if end > start else ()
    plain = Typesetter(INKS, width, LINKS).set([Quotation((Span(text),))])
    marks = Marks({0: places}, lambda _coin: " 1 ")
    chipped = Typesetter(INKS, width, LINKS, marks).set([Quotation((Span(text),))])
    assert all(cell_width(line.text) <= width for line in chipped)
    bars = sum(line.text.count("▌") for line in chipped) - sum(line.text.count("▌") for line in plain)
    assert sum(line.signs for line in chipped) - bars == sum(line.signs for line in plain)
    assert len([spot for line in chipped for spot in line.spots if spot.chip]) == len(places)


def test_no_letters_of_a_hint_begin_another() -> None:
    for count in (0, 1, 9, 10, 40, 81):
        labels = hint_labels(count)
        assert len(labels) == count
        assert not any(one.startswith(other) for one, other in permutations(labels, 2))


def test_nearer_letters_come_alone() -> None:
    assert hint_labels(9) == list("asdfghjkl")
    assert hint_labels(11) == [*"asdfghjk", "la", "ls", "ld"]
