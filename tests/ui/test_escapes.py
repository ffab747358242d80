"""Esc and a key right after it, which terminals send as that key with Alt."""

import pytest
from textual import events

from cointicker.ui.driver import split_escape


@pytest.mark.parametrize(("key", "sign"), [("alt+j", "j"), ("alt+shift+g", "G"), ("alt+5", "5")])
def test_a_key_right_after_esc_is_both(key: str, sign: str) -> None:
    assert [each.key for each in split_escape(events.Key(key, sign), ())] == ["escape", sign]


@pytest.mark.parametrize(("key", "sign"), [("j", "j"), ("alt+left", None), ("escape", "\x1b"), ("alt+j", "j")])
def test_other_keys_and_those_that_a_command_has_stay_as_they_are(key: str, sign: str | None) -> None:
    typed = events.Key(key, sign)
    assert split_escape(typed, {"alt+j"}) == (typed,)
