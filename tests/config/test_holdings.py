"""``holdings.toml``: what is taken, what is named as wrong, and that a change leaves all else as it was."""

import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.config.files import Held, Refused, Saved
from cointicker.config.holdings import Holdings, LotBook
from cointicker.domain.portfolio import Lot
from cointicker.domain.words import SafeText

Write = Callable[[str], Holdings]
MINE = """# bought with the first salary
[[lots]]
coin = "bitcoin"   # cold wallet
amount = 0.5
price = 30_000
date = 2023-05-31

[[lots]]
coin = "ethereum"
amount = "0.123456789012345678"
price = 2000.5
currency = "eur"
date = "2024-01-02"
fee = 1.5
note = "for the  trip"

# sold a part
[[lots]]
coin = "bitcoin"
amount = 0.1
side = "sell"
price = 60000
date = 2024-03-01T12:30:00Z
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "holdings.toml"


@pytest.fixture
def write(path: Path) -> Write:
    def write(text: str) -> Holdings:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        path.chmod(0o600)
        return LotBook(path).read("usd")

    return write


def test_lots_are_taken_as_they_stand(write: Write) -> None:
    holdings = write(MINE)
    assert holdings.problems == ()
    assert [(lot.coin_id, str(lot.amount), lot.line) for lot in holdings.lots] == [
        ("bitcoin", "0.5", 2), ("ethereum", "0.123456789012345678", 8), ("bitcoin", "-0.1", 18),
    ]  # fmt: skip
    first, second, third = holdings.lots
    assert (first.price, first.currency, first.day) == (Decimal(30_000), "usd", date(2023, 5, 31))
    assert not first.fee
    assert (second.price, second.currency, second.fee) == (Decimal("2000.5"), "eur", Decimal("1.5"))
    assert (second.day, second.note) == (date(2024, 1, 2), "for the trip")
    assert third.day == date(2024, 3, 1)


def test_there_may_be_no_file_and_no_lot(path: Path, write: Write) -> None:
    assert LotBook(path).read("usd") == Holdings()
    assert write("# nothing yet\n") == Holdings()


SLIPS = {
    '[[lots]]\ncoin = "bitcoin"': "1: lots[1] is a lot without amount",
    "[[lots]]\nprice = 1": "1: lots[1] is a lot without coin and amount",
    '[[lots]]\ncoin = "BTC"\namount = 1': '2: lots[1].coin is the text "BTC": use the id bitcoin',
    '[[lots]]\ncoin = "bitcoin"\namount = 0': "3: lots[1].amount must not be 0",
    '[[lots]]\ncoin = "bitcoin"\namount = "much"': '3: lots[1].amount must be a number, not the text "much"',
    '[[lots]]\ncoin = "bitcoin"\namount = nan': "3: lots[1].amount must be a number, not nan",
    '[[lots]]\ncoin = "bitcoin"\namount = 1e300': "3: lots[1].amount must be a number, not 1e+300",
    '[[lots]]\ncoin = "bitcoin"\namount = 1\nprice = -5': "4: lots[1].price must not be below 0: -5",
    '[[lots]]\ncoin = "bitcoin"\namount = 1\nfee = "x"': '4: lots[1].fee must be a number, not the text "x"',
    '[[lots]]\ncoin = "bitcoin"\namount = 1\ndate = "31.5.2024"': "4: lots[1].date must be a day such as 2024-05-31, "
    'not the text "31.5.2024"',
    '[[lots]]\ncoin = "bitcoin"\namount = 1\nside = "sel"': "4: lots[1].side must be one of buy, sell, "
    'not the text "sel"; did you mean sell?',
    '[[lots]]\ncoin = "bitcoin"\namount = 1\nprise = 5': "4: lots[1].prise is not a setting of a lot; "
    "did you mean price?",
    "lots = 1": '1: lots must be tables, each begun by [[lots]], such as coin = "bitcoin" and amount = 0.5',
    '[[lot]]\ncoin = "bitcoin"': "1: lot is not a section of holdings; did you mean lots?",
}


@pytest.mark.parametrize(("text", "message"), SLIPS.items(), ids=[text.replace("\n", " ") for text in SLIPS])
def test_a_slip_is_named_with_line_reason_and_remedy(write: Write, text: str, message: str) -> None:
    (problem,) = write(text + "\n").problems
    assert str(problem).rpartition("holdings.toml:")[2] == message


def test_beside_a_wrong_lot_the_others_hold(write: Write) -> None:
    holdings = write('[[lots]]\ncoin = "bitcoin"\n[[lots]]\ncoin = "kaspa"\namount = 7\n')
    assert [lot.coin_id for lot in holdings.lots] == ["kaspa"]


def test_a_broken_file_is_told_from_none(write: Write) -> None:
    holdings = write("[[lots]\n")
    assert holdings.broken
    assert holdings.problems[0].line == 1


def test_a_file_that_others_can_read_is_said(path: Path, write: Write) -> None:
    write(MINE)
    path.chmod(0o644)
    (problem,) = LotBook(path).read("usd").problems
    assert "chmod 600" in str(problem)


def test_two_lots_that_say_the_same_have_names_of_their_own(write: Write) -> None:
    lot = '[[lots]]\ncoin = "bitcoin"\namount = 1\n'
    names = [each.lot_id for each in write(lot * 3).lots]
    assert len(set(names)) == 3
    assert [each.lot_id for each in write("# a line more\n" + lot * 3).lots] == names


def test_the_first_lot_makes_a_file_for_this_user_alone(path: Path) -> None:
    assert isinstance(LotBook(path).add(Lot("bitcoin", Decimal("0.5"), Decimal(30_000))), Saved)
    assert path.read_text() == '[[lots]]\ncoin = "bitcoin"\namount = 0.5\nprice = 30000\ncurrency = "usd"\n'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_was_paid_stays_in_its_currency_when_that_of_the_prices_changes(path: Path) -> None:
    LotBook(path).add(Lot("bitcoin", Decimal("0.5"), Decimal(30_000), "usd"))
    assert [lot.currency for lot in LotBook(path).read("sats").lots] == ["usd"]


def test_a_change_makes_a_file_private_that_was_not(path: Path, write: Write) -> None:
    write(MINE)
    path.chmod(0o644)
    LotBook(path).add(Lot("kaspa", Decimal(5)))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_new_lot_stands_behind_the_others_and_the_rest_as_it_was(path: Path, write: Write) -> None:
    write(MINE)
    LotBook(path).add(Lot("kaspa", Decimal(-5), Decimal("0.1"), "chf", date(2025, 1, 2), note=SafeText('"q"')))
    assert path.read_text() == MINE + (
        '\n[[lots]]\ncoin = "kaspa"\namount = -5\nprice = 0.1\ncurrency = "chf"\ndate = 2025-01-02\nnote = "\\"q\\""\n'
    )


def test_editing_a_lot_touches_what_differs_only(path: Path, write: Write) -> None:
    lot = write(MINE).lots[0]
    LotBook(path).edit(lot.lot_id, replace(lot, price=Decimal(31_000)), "usd")
    assert path.read_text() == MINE.replace("30_000", "31000")


def test_editing_may_add_and_take_away_what_a_lot_says(path: Path, write: Write) -> None:
    lot = write(MINE).lots[1]
    LotBook(path).edit(lot.lot_id, replace(lot, price=None, note=SafeText(""), fee=Decimal(2), currency="usd"), "usd")
    changed = LotBook(path).read("usd").lots[1]
    assert (changed.price, changed.note, changed.currency) == (None, "", "usd")
    assert changed.fee == 2
    assert path.read_text().startswith(MINE[: MINE.index('[[lots]]\ncoin = "ethereum"')])


def test_striking_a_lot_out_leaves_the_others_and_comments(path: Path, write: Write) -> None:
    holdings = write(MINE)
    LotBook(path).remove(holdings.lots[1].lot_id, "usd")
    assert [lot.lot_id for lot in LotBook(path).read("usd").lots] == [holdings.lots[0].lot_id, holdings.lots[2].lot_id]
    assert "# cold wallet" in path.read_text()
    assert "# sold a part" in path.read_text()


def test_the_last_lot_can_go_and_come_back(path: Path, write: Write) -> None:
    text = '# mine\n[[lots]]\ncoin = "bitcoin"\namount = 1\n'
    saved = LotBook(path).remove(write(text).lots[0].lot_id, "usd")
    assert LotBook(path).read("usd") == Holdings()
    assert isinstance(saved, Saved)
    assert LotBook(path).take_back(saved)
    assert path.read_text() == text


def test_a_lot_that_moved_in_the_file_is_found_and_one_that_changed_is_not(path: Path, write: Write) -> None:
    lot = write(MINE).lots[0]
    path.write_text('[[lots]]\ncoin = "kaspa"\namount = 1\n\n' + MINE)
    assert isinstance(LotBook(path).remove(lot.lot_id, "usd"), Saved)
    assert [each.coin_id for each in LotBook(path).read("usd").lots] == ["kaspa", "ethereum", "bitcoin"]
    assert LotBook(path).remove(lot.lot_id, "usd") == Refused("this lot was changed in the file meanwhile")


def test_a_broken_or_read_only_file_is_left_alone(path: Path, write: Write) -> None:
    write("[[lots]\n")
    assert isinstance(LotBook(path).add(Lot("bitcoin", Decimal(1))), Held)
    assert path.read_text() == "[[lots]\n"
    write(MINE)
    path.chmod(0o400)
    assert isinstance(LotBook(path).add(Lot("bitcoin", Decimal(1))), Held)
    assert path.read_text() == MINE


def test_a_book_in_memory_does_the_same_and_writes_nothing() -> None:
    book = LotBook(None, MINE)
    first = book.read("usd").lots[0]
    stamp = book.stamp()
    saved = book.remove(first.lot_id, "usd")
    assert book.stamp() != stamp
    assert [lot.coin_id for lot in book.read("usd").lots] == ["ethereum", "bitcoin"]
    assert book.remove(first.lot_id, "usd") == Refused("this lot was changed in the file meanwhile")
    assert isinstance(saved, Saved)
    assert book.take_back(saved)
    assert book.stamp() == stamp


def test_taking_back_leaves_what_was_written_since(path: Path, write: Write) -> None:
    first = write(MINE).lots[0]
    saved = LotBook(path).remove(first.lot_id, "usd")
    LotBook(path).add(Lot("kaspa", Decimal(5)))
    assert isinstance(saved, Saved)
    assert LotBook(path).take_back(saved)
    assert [lot.coin_id for lot in LotBook(path).read("usd").lots] == ["bitcoin", "ethereum", "bitcoin", "kaspa"]


def test_a_stamp_changes_with_the_file(path: Path, write: Write) -> None:
    book = LotBook(path)
    assert book.stamp() == ()
    write(MINE)
    before = book.stamp()
    book.add(Lot("kaspa", Decimal(1)))
    assert book.stamp() != before


numbers = st.decimals("0.000000000000000001", "1000000000", places=18)
lots = st.builds(
    Lot,
    st.sampled_from(["bitcoin", "usd-coin"]),
    numbers | numbers.map(lambda number: -number),
    st.none() | st.just(Decimal(0)) | numbers,
    st.sampled_from(["usd", "eur"]),
    st.none() | st.dates(date(2009, 1, 3), date(2100, 1, 1)),
    st.just(Decimal(0)) | numbers,
    st.text("abc \"\\'#=[]é", max_size=20).map(lambda text: SafeText(" ".join(text.split()))),
)


@given(st.lists(lots, min_size=1, max_size=4))
def test_what_is_written_is_read_back_to_the_last_digit(
    tmp_path_factory: pytest.TempPathFactory, lots: list[Lot]
) -> None:
    path = tmp_path_factory.mktemp("lots") / "holdings.toml"
    for lot in lots:
        assert isinstance(LotBook(path).add(lot), Saved)
    holdings = LotBook(path).read("usd")
    assert holdings.problems == ()
    assert [replace(lot, lot_id="") for lot in holdings.lots] == lots
