"""Edits of TOML text change the key that is meant, and not a byte beside it."""

import re
import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from cointicker.config.differences import Data, EditError, same, take_back
from cointicker.config.positions import lay_out
from cointicker.config.splicing import line_end, line_start, rewrite
from config.toml_documents import NAMES, WORDS, documents

Keys = tuple[str, ...]

LINED = """\
# mine
[watchlists]
Majors = [
  # the big ones
  "bitcoin",   # king
  "ethereum",  # queen

  "solana"     # jester
] # all

# the market
[market]
refresh = 60
"""


def _lists(data: Data, path: Keys = ()) -> list[Keys]:
    """The way to every list of words outside inline tables and ``[[tables]]``."""
    found = []
    for key, value in data.items():
        if isinstance(value, dict):
            found += _lists(value, (*path, key))
        elif isinstance(value, list) and all(isinstance(each, str) for each in value):
            found.append((*path, key))
    return found


def _keys(data: Data, path: Keys = ()) -> list[Keys]:
    found = []
    for key, value in data.items():
        found += _keys(value, (*path, key)) if isinstance(value, dict) else [(*path, key)]
    return found


def _tables(data: Data, path: Keys = ()) -> list[Keys]:
    tables = [path]
    for key, value in data.items():
        if isinstance(value, dict):
            tables += _tables(value, (*path, key))
    return tables


def _at(data: Data, path: Keys) -> Any:
    for key in path:
        data = data[key]
    return data


def _set(path: Keys, value: Any) -> Callable[[Data], None]:
    def edit(data: Data) -> None:
        _at(data, path[:-1])[path[-1]] = value

    return edit


def _delete(path: Keys) -> Callable[[Data], None]:
    def edit(data: Data) -> None:
        del _at(data, path[:-1])[path[-1]]

    return edit


def _stays_beside(before: str, after: str, path: Keys) -> None:
    """Everything but the lines of the key is the same, to the byte."""
    pair = lay_out(before).pairs[path]
    start, end = line_start(before, pair.start), line_end(before, pair.value.end)
    assert after.startswith(before[:start])
    assert after.endswith(before[end:])


def _is_before_with_more(before: str, after: str) -> None:
    """Only whole lines were added, in one place."""
    shared = 0
    while shared < min(len(before), len(after)) and before[shared] == after[shared]:
        shared += 1
    assert any(after.endswith(before[start:]) for start in range(max(0, shared - 200), shared + 1))


def _undone(before: str, after: str, differences: Any) -> None:
    back, _ = rewrite(after, lambda data: take_back(data, differences))
    assert same(tomllib.loads(back), tomllib.loads(before))


@given(documents(), st.data())
def test_a_list_changes_and_nothing_beside_it(text: str, draw: st.DataObject) -> None:
    data = tomllib.loads(text)
    lists = _lists(data)
    assume(lists)
    path = draw.draw(st.sampled_from(lists))
    now = draw.draw(st.lists(st.sampled_from(WORDS), max_size=7, unique=True))
    after, differences = rewrite(text, _set(path, now))
    assert _at(tomllib.loads(after), path) == now
    if path in lay_out(text).pairs and not lay_out(text).pairs[path].inline:
        _stays_beside(text, after, path)
    _undone(text, after, differences)


@given(documents(), st.data())
def test_a_value_changes_and_nothing_beside_it(text: str, draw: st.DataObject) -> None:
    data = tomllib.loads(text)
    keys = [key for key in _keys(data) if key[0] != "alerts"]
    assume(keys)
    path = draw.draw(st.sampled_from(keys))
    after, differences = rewrite(text, _set(path, "new # value"))
    pair = lay_out(text).pairs[path]
    assert after == text[: pair.value.start] + '"new # value"' + text[pair.value.end :]
    _undone(text, after, differences)


@given(documents(), st.data())
def test_a_key_goes_and_every_other_line_stays(text: str, draw: st.DataObject) -> None:
    data = tomllib.loads(text)
    keys = [key for key in _keys(data) if key[0] != "alerts"]
    assume(keys)
    path = draw.draw(st.sampled_from(keys))
    pair = lay_out(text).pairs[path]
    try:
        after, differences = rewrite(text, _delete(path))
    except EditError:  # the last of its table, which no header names: with it the table would go
        assert len(_at(data, path[:-1])) == 1
        return
    if not pair.inline:
        assert after == text[: line_start(text, pair.start)] + text[line_end(text, pair.value.end) :]
    _undone(text, after, differences)


@given(documents(), st.data())
def test_a_new_key_adds_lines_and_changes_none(text: str, draw: st.DataObject) -> None:
    data = tomllib.loads(text)
    path = (*draw.draw(st.sampled_from(_tables(data))), "new key")
    after, differences = rewrite(text, _set(path, ["a", "b"]))
    assert _at(tomllib.loads(after), path) == ["a", "b"]
    _is_before_with_more(text, after)
    _undone(text, after, differences)


@given(documents(), st.sampled_from(NAMES))
def test_a_new_table_adds_lines_and_changes_none(text: str, name: str) -> None:
    assume(name not in tomllib.loads(text))
    after, differences = rewrite(text, _set((name,), {"bitcoin": "corn", "new list": ["a"]}))
    assert after.startswith(text)
    back, _ = rewrite(after, lambda data: take_back(data, differences))
    assert back.rstrip() == text.rstrip()


@given(documents(), st.data())
def test_tables_in_a_list_come_and_go_one_by_one(text: str, draw: st.DataObject) -> None:
    alerts = tomllib.loads(text).get("alerts", [])
    assume(alerts)
    place = draw.draw(st.integers(0, len(alerts)))
    new = {"coin": "bitcoin", "above": 100_000}
    after, differences = rewrite(text, lambda data: data["alerts"].insert(place, new))
    _undone(text, after, differences)
    assert set(re.findall(r"#[^\r\n]*", text)) <= set(re.findall(r"#[^\r\n]*", after))
    gone = draw.draw(st.integers(0, len(alerts) - 1))
    if len(alerts) > 1:
        shorter, differences = rewrite(text, lambda data: data["alerts"].pop(gone))
        _undone(text, shorter, differences)


@given(documents())
def test_an_edit_that_changes_nothing_gives_the_same_text(text: str) -> None:
    assert rewrite(text, lambda _data: None) == (text, ())


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_coin_keeps_its_line_and_comment_wherever_it_goes(newline: str) -> None:
    text = LINED.replace("\n", newline)
    after, _ = rewrite(text, _set(("watchlists", "Majors"), ["solana", "bitcoin", "kaspa", "ethereum"]))
    lines = after.split(newline)
    assert '  "solana",     # jester' in lines or '  "solana"     ,# jester' in lines or '  "solana", # jester' in lines
    assert '  "bitcoin",   # king' in lines
    assert "  # the big ones" in lines
    assert any(line.startswith('  "ethereum"') and line.endswith("# queen") for line in lines)
    assert ("\n" in after.replace("\r\n", "")) is (newline == "\n")


def test_a_new_key_stands_beside_its_like_and_not_behind_the_next_headings_comment() -> None:
    after, _ = rewrite(LINED, _set(("watchlists", "Mine"), ["kaspa"]))
    assert after == LINED.replace("] # all\n", '] # all\nMine = ["kaspa"]\n')


def test_a_key_that_the_file_shows_behind_a_sign_stands_below_that_line() -> None:
    text = '# first\n#theme = "midnight"\n\n[ui]\n# the bar\n#bar = "pages"\n\n#other = 1\n'
    after, _ = rewrite(text, _set(("theme",), "ember"))
    after, _ = rewrite(after, _set(("ui", "bar"), "still"))
    assert after == (
        '# first\n#theme = "midnight"\ntheme = "ember"\n\n'
        '[ui]\n# the bar\n#bar = "pages"\nbar = "still"\n\n#other = 1\n'
    )


def test_the_first_key_of_all_stands_above_the_comment_of_the_first_table() -> None:
    after, _ = rewrite("# file\n\n# about a\n[a]\nx = 1\n", _set(("theme",), "ember"))
    assert after == '# file\n\ntheme = "ember"\n\n# about a\n[a]\nx = 1\n'


def test_a_renamed_list_keeps_its_place_its_lines_and_their_comments() -> None:
    def edit(data: Data) -> None:
        data["watchlists"] = {"My list": data["watchlists"]["Majors"]}

    after, differences = rewrite(LINED, edit)
    assert after == LINED.replace("Majors", '"My list"')
    back, _ = rewrite(after, lambda data: take_back(data, differences))
    assert back == LINED


def test_what_somebody_else_did_meanwhile_stays_when_a_change_is_taken_back() -> None:
    text = '[watchlists]\nMine = ["a", "b", "c"]\n'
    after, differences = rewrite(text, lambda data: data["watchlists"]["Mine"].remove("b"))
    theirs, _ = rewrite(after, lambda data: data["watchlists"]["Mine"].extend(["d", "e"]))
    theirs, _ = rewrite(theirs, lambda data: data["watchlists"]["Mine"].remove("a"))
    back, _ = rewrite(theirs, lambda data: take_back(data, differences))
    assert tomllib.loads(back) == {"watchlists": {"Mine": ["b", "c", "d", "e"]}}


def test_a_list_that_others_have_filled_is_not_taken_back() -> None:
    after, differences = rewrite('[w]\nA = ["a"]\n', _set(("w", "B"), []))
    theirs, _ = rewrite(after, _set(("w", "B"), ["z"]))
    with pytest.raises(EditError, match="meanwhile"):
        rewrite(theirs, lambda data: take_back(data, differences))


@pytest.mark.parametrize("text", ["x = [[1], [2]]", "x = [{ a = 1 }]\n", "x.y = 1\nx.z.q = 2\n"])
def test_rare_spellings_are_changed_or_refused_but_never_spoilt(text: str) -> None:
    def edit(data: Data) -> None:
        data["x"] = [3] if isinstance(data["x"], list) else {"z": {"q": 2}, "new": {"deep": 1}}

    try:
        after, _ = rewrite(text, edit)
    except EditError:
        return
    assert tomllib.loads(after)["x"] in ([3], {"z": {"q": 2}, "new": {"deep": 1}})


@given(st.text(max_size=200))
@example("a = 1\na = 2")
def test_text_that_is_no_document_raises_and_nothing_else(text: str) -> None:
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError):
        with pytest.raises((ValueError, RecursionError)):
            rewrite(text, _set(("k",), 1))
