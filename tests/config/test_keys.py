"""A key may be written as people write it; Textual's own spelling is what comes of it."""

import pytest
from textual.keys import _character_to_key

from cointicker.config.keys import sign_name, spell_key
from cointicker.engine.commands import COMMANDS, key_sign


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("r", "r"),
        ("R", "R"),
        ("shift+r", "R"),
        ("/", "slash"),
        ("slash", "slash"),
        ("?", "question_mark"),
        ("+", "plus"),
        ("Ctrl++", "ctrl+plus"),
        ("Ctrl+Z", "ctrl+z"),
        ("control+z", "ctrl+z"),
        ("shift+ctrl+left", "ctrl+shift+left"),
        ("Shift+Tab", "shift+tab"),
        ("Esc", "escape"),
        ("PgDn", "pagedown"),
        ("page_up", "pageup"),
        ("F12", "f12"),
        (" space ", "space"),
        ("ü", "ü"),
        ("", ""),
        ("F25", ""),
        ("hyperspace", ""),
        ("ctlr+z", ""),
        ("ctrl+", ""),
        ("\x1b", ""),
    ],
)
def test_spellings(written: str, key: str) -> None:
    assert spell_key(written) == key


@pytest.mark.parametrize("sign", [chr(code) for code in range(0x20, 0x7F)])
def test_signs_are_named_as_textual_names_them(sign: str) -> None:
    assert sign_name(sign) == _character_to_key(sign)


@pytest.mark.parametrize("key", sorted({key for command in COMMANDS for key in command.keys}))
def test_every_key_that_a_command_has_can_be_written(key: str) -> None:
    assert spell_key(key) == key
    if key_sign(key).isascii():
        assert spell_key(key_sign(key)) == key
