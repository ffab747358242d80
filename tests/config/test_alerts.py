"""``[[alerts]]``: what is taken, what is named as wrong, and how the program writes them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.config.alert_edits import add_alert, enable_alert, remove_alert
from cointicker.config.alerts import alert_table, read_alert
from cointicker.config.differences import EditError
from cointicker.config.documents import Document, Report
from cointicker.config.edits import SettingsEdit
from cointicker.config.reading import Reading, read_settings
from cointicker.config.splicing import rewrite
from cointicker.domain.alerts import ALL_TIME, OF_A_COIN, Alert, Kind, Quiet
from cointicker.domain.market import CURRENCIES
from cointicker.domain.words import SafeText

Read = Callable[[str], Reading]
HOUR = 3600.0


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(text: str) -> Reading:
        path = tmp_path / "config.toml"
        path.write_text(text)
        return read_settings(path, {})

    return read


RIGHT = {
    'coin = "bitcoin"\nabove = 100000': Alert(Kind.ABOVE, "bitcoin", 100_000.0),
    'coin = "bitcoin"\nbelow = 0.5\ncurrency = "EUR"': Alert(Kind.BELOW, "bitcoin", 0.5, "eur"),
    'coin = "bitcoin"\ncrosses = 1e-9\nrepeat = true': Alert(Kind.CROSSES, "bitcoin", 1e-9, repeat=True),
    'coin = "bitcoin"\nmove = 5\nwithin = "90m"': Alert(Kind.MOVE, "bitcoin", 5.0, within=1.5 * HOUR),
    'coin = "bitcoin"\nmove = 5\nwithin = 600\ncooldown = "2d"': Alert(
        Kind.MOVE, "bitcoin", 5.0, within=600.0, cooldown=48 * HOUR
    ),
    'coin = "tether"\ndepeg = 50': Alert(Kind.DEPEG, "tether", 50.0),
    'coin = "euro-coin"\ndepeg = 50': Alert(Kind.DEPEG, "euro-coin", 50.0, "eur"),
    'coin = "bitcoin"\nnew_high = "ath"': Alert(Kind.NEW_HIGH, "bitcoin", within=ALL_TIME),
    'coin = "bitcoin"\nnew_high = true': Alert(Kind.NEW_HIGH, "bitcoin", within=ALL_TIME),
    'coin = "bitcoin"\nnew_high = "7d"': Alert(Kind.NEW_HIGH, "bitcoin", within=7 * 24 * HOUR),
    "hashprice_above = 55.5": Alert(Kind.HASHPRICE_ABOVE, level=55.5),
    'hashprice_below = 40\nquiet = "23:00-7:00"': Alert(Kind.HASHPRICE_BELOW, level=40.0, quiet=Quiet(1380, 420)),
    "difficulty = 0\nenabled = false": Alert(Kind.DIFFICULTY, level=0.0, enabled=False),
    'keyword = " spot  ETF "\nnote = "look"': Alert(Kind.KEYWORD, keyword="spot ETF", note=SafeText("look")),
    'keyword = "hack"\ncoin = "solana"': Alert(Kind.KEYWORD, "solana", keyword="hack"),
}


@pytest.mark.parametrize(("text", "alert"), RIGHT.items(), ids=[text.replace("\n", " ") for text in RIGHT])
def test_what_is_right_is_taken(read: Read, text: str, alert: Alert) -> None:
    reading = read(f"[[alerts]]\n{text}\n")
    assert reading.problems == ()
    assert reading.settings.alerts == (alert,)


def test_one_without_a_currency_is_in_that_of_the_prices(read: Read) -> None:
    reading = read('currency = "chf"\n[[alerts]]\ncoin = "bitcoin"\nabove = 1\n')
    assert reading.settings.alerts[0].currency == "chf"


SLIPS = {
    "above = 1": '1: alerts[1] is an alert without a coin, such as coin = "bitcoin"',
    'coin = "BTC"\nabove = 1': '2: alerts[1].coin is the text "BTC": use the id bitcoin',
    'coin = "bitcoin"': "1: alerts[1] must have one of above, below, crosses, move, depeg, new_high, hashprice_above, "
    "hashprice_below, difficulty, keyword",
    'coin = "bitcoin"\nabove = 1\nbelow = 2': "1: alerts[1] has both above and below: one of them",
    'coin = "bitcoin"\nabove = true': "3: alerts[1].above must be a number, not true",
    'coin = "bitcoin"\nabove = 0': "3: alerts[1].above must be from 1e-18 to 1e+15, not 0",
    'coin = "bitcoin"\nabove = 1\nrepaet = true': "4: alerts[1].repaet is not a setting of an alert; "
    "did you mean repeat?",
    'coin = "bitcoin"\nabove = 1\nquiet = "night"': "4: alerts[1].quiet must be hours such as "
    '"23:00-07:00", not the text "night"',
    'coin = "bitcoin"\nmove = 5\nwithin = "1 year"': '4: alerts[1].within must be a time such as "90s", "15m", "1h", '
    '"2d", from 1m to 1w, not the text "1 year"',
    'coin = "bitcoin"\nabove = 1\ncurrency = "usdd"': f"4: alerts[1].currency must be one of {len(CURRENCIES)} codes, "
    'such as usd, not the text "usdd"; did you mean usd?',
    'coin = "tethre"\ndepeg = 5': '2: alerts[1].coin is no stablecoin whose peg is known: the text "tethre"; '
    "did you mean tether?",
    'coin = "tether"\ndepeg = 5\ncurrency = "eur"': "4: alerts[1].currency must be that of the peg, usd, or be "
    "left out",
    'keyword = ""': "2: alerts[1].keyword must be a word or some words",
    'coin = "bitcoin"\nabove = 1\n[[alerts]]\nabove = 1\ncoin = "bitcoin"': "4: alerts[2] waits for the same as an "
    "earlier alert",
}


@pytest.mark.parametrize(("text", "message"), SLIPS.items(), ids=[text.replace("\n", " ") for text in SLIPS])
def test_a_slip_is_named_with_line_reason_and_remedy(read: Read, text: str, message: str) -> None:
    (problem,) = read(f"[[alerts]]\n{text}\n").problems
    assert str(problem).rpartition("config.toml:")[2] == message


def test_beside_a_wrong_alert_the_others_hold(read: Read) -> None:
    reading = read('[[alerts]]\nabove = 1\n[[alerts]]\ncoin = "bitcoin"\nabove = 2\n')
    assert [alert.level for alert in reading.settings.alerts] == [2.0]


numbers = st.floats(0.02, 1e9)
spans = st.sampled_from([60.0, 90.0, HOUR, 24 * HOUR, 7 * 24 * HOUR])
alerts = st.builds(
    Alert,
    st.sampled_from(sorted(OF_A_COIN - {Kind.DEPEG, Kind.NEW_HIGH, Kind.MOVE}, key=str)),
    st.sampled_from(["bitcoin", "0x", "usd-coin"]),
    numbers,
    st.sampled_from(["usd", "eur"]),
    repeat=st.booleans(),
    cooldown=spans,
    quiet=st.none() | st.builds(Quiet, st.integers(0, 1439), st.integers(0, 1440)),
    enabled=st.booleans(),
    note=st.text(max_size=20).map(lambda text: SafeText(" ".join(text.encode("ascii", "ignore").decode().split()))),
)


def _add(text: str, alert: Alert, reading: Reading) -> str:
    return _edit(text, add_alert(alert), reading)


def _edit(text: str, edit: SettingsEdit, reading: Reading) -> str:
    return rewrite(text, lambda data: edit(data, reading.settings))[0]


@given(alerts)
def test_what_is_written_is_read_back(alert: Alert) -> None:
    report = Report(Document(Path(), "", {}, open_to_others=False))
    back = read_alert(alert_table(alert), ("alerts", 0), report)
    assert back is not None
    printable = replace(alert, note=back.note) if not alert.note.isprintable() else alert
    assert replace(back, currency=back.currency or "usd") == printable
    assert report.problems == ()


@pytest.mark.parametrize("alert", RIGHT.values(), ids=[alert.kind.value for alert in RIGHT.values()])
def test_every_kind_goes_into_the_file_and_out_of_it_again(read: Read, alert: Alert) -> None:
    text = '# mine\ncurrency = "usd" # dollars\n\n[ui]\nbar = "still"\n'
    written = _add(text, alert, read(text))
    assert written.startswith(text)
    assert read(written).settings.alerts == (alert,)
    assert _edit(written, remove_alert(alert.alert_id), read(written)).rstrip("\n") == text.rstrip("\n")


def test_a_level_stays_in_its_currency_when_that_of_the_prices_changes(read: Read) -> None:
    alert = Alert(Kind.ABOVE, "bitcoin", 100_000.0, "usd")
    written = _add('currency = "usd"\n', alert, read('currency = "usd"\n'))
    assert read(written.replace('currency = "usd"', 'currency = "sats"', 1)).settings.alerts == (alert,)


THREE = """# what to tell me
[[alerts]] # the first
coin = "bitcoin"
above = 100_000   # a round number

# this one is urgent
[[alerts]]
keyword = "hack"
note = "look"

[[alerts]]
coin = "bitcoin"
below = 50000

[ui]
bar = "still"
"""


def test_taking_one_out_leaves_the_others_and_all_comments_of_theirs(read: Read) -> None:
    reading = read(THREE)
    _, hack, _ = reading.settings.alerts
    left = _edit(THREE, remove_alert(hack.alert_id), reading)
    assert left.splitlines()[:4] == THREE.splitlines()[:4]
    assert left.endswith('[[alerts]]\ncoin = "bitcoin"\nbelow = 50000\n\n[ui]\nbar = "still"\n')
    assert [alert.level for alert in read(left).settings.alerts] == [100_000.0, 50_000.0]


def test_letting_one_rest_and_watch_again_gives_the_same_file(read: Read) -> None:
    reading = read(THREE)
    first = reading.settings.alerts[0]
    resting = _edit(THREE, enable_alert(first.alert_id, enabled=False), reading)
    assert "above = 100_000   # a round number\nenabled = false\n" in resting
    assert read(resting).settings.alerts[0] == replace(first, enabled=False)
    assert _edit(resting, enable_alert(first.alert_id, enabled=True), read(resting)) == THREE


def test_what_is_there_already_or_no_longer_there_is_refused(read: Read) -> None:
    reading = read(THREE)
    first = reading.settings.alerts[0]
    with pytest.raises(EditError, match="already"):
        _add(THREE, first, reading)
    with pytest.raises(EditError, match="meanwhile"):
        _edit(THREE, remove_alert(replace(first, level=1.0).alert_id), reading)
