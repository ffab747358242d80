"""The line of every key is found, in every way that TOML can write one."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.config.paths import shipped_themes
from cointicker.config.positions import line_of, locate
from cointicker.config.problems import Key

DOCUMENT = '''\
# a comment with [brackets] and a = sign
top = "a # that is no comment"
dotted.key."with.dot" = 1
text = """
not = "a key"
[nor a table]""""
raw = \'\'\'
key = 5\'\'\' # = [
when = 1979-05-27 07:32:00
list = [ # of several
  "one", "two",
  [3, 4], { inner = 5, 'other key' = "}" },
  # nothing here
]

[table]
inline = { a = 1, b.c = [ "x" ] }
[table."sub \\u0041"]
key = true

[[many]]
name = 1
[many.deep]
x = 1
[[many]]
name = 2
  [[many.deeper]]
  y = 1
  [[many.deeper]]
  y = 2
'''

PLACES: dict[Key, int] = {
    ("top",): 2,
    ("dotted", "key", "with.dot"): 3,
    ("text",): 4,
    ("raw",): 7,
    ("when",): 9,
    ("list",): 10,
    ("list", 0): 11,
    ("list", 1): 11,
    ("list", 2): 12,
    ("list", 2, 1): 12,
    ("list", 3, "inner"): 12,
    ("list", 3, "other key"): 12,
    ("table",): 16,
    ("table", "inline", "b", "c", 0): 17,
    ("table", "sub A"): 18,
    ("table", "sub A", "key"): 19,
    ("many",): 21,
    ("many", 0): 21,
    ("many", 0, "name"): 22,
    ("many", 0, "deep", "x"): 24,
    ("many", 1): 25,
    ("many", 1, "name"): 26,
    ("many", 1, "deeper", 0, "y"): 28,
    ("many", 1, "deeper", 1): 29,
    ("many", 1, "deeper", 1, "y"): 30,
}


@pytest.mark.parametrize(("key", "line"), PLACES.items(), ids=str)
def test_a_key_is_found_in_its_line(key: Key, line: int) -> None:
    assert locate(DOCUMENT)[key] == line


def _keys(value: object, before: Key = ()) -> list[Key]:
    """Every way into a parsed document."""
    parts: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    return [key for part, inner in parts for key in ((*before, part), *_keys(inner, (*before, part)))]


def test_nothing_that_tomllib_reads_is_missed_and_nothing_else_is_found() -> None:
    assert set(locate(DOCUMENT)) == set(_keys(tomllib.loads(DOCUMENT)))


@pytest.mark.parametrize("path", sorted(shipped_themes().glob("*.toml")), ids=lambda path: path.stem)
def test_all_keys_of_a_real_file_are_found(path: Path) -> None:
    text = path.read_text()
    assert set(locate(text)) == set(_keys(tomllib.loads(text)))


def test_the_table_around_stands_in_for_what_has_no_line() -> None:
    lines = locate("[a]\n\n[[b]]\nc = 1\n")
    assert line_of(("b", 0, "d", "e"), lines) == 3
    assert line_of(("x",), lines) is None


@given(st.text(st.sampled_from("ab.=[]{}\"'\\#, \n1")))
def test_any_text_ends_and_what_tomllib_accepts_is_found_whole(text: str) -> None:
    found = locate(text)
    try:
        data = tomllib.loads(text)
    except ValueError:
        return
    assert set(found) == set(_keys(data))
