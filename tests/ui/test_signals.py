"""The bell and the terminal's own notification, byte by byte."""

import pytest

from cointicker.config.settings import NotifySettings
from cointicker.ui.signals import signals

TEXT = "BTC is above 100,000.00 USD"
OSC_9 = f"\x1b]9;cointicker: {TEXT}\a"
OSC_777 = f"\x1b]777;notify;cointicker;{TEXT}\a"


@pytest.mark.parametrize(
    ("way", "environ", "expected"),
    [
        ("auto", {"TERM": "xterm-256color"}, OSC_9),
        ("auto", {"TERM": "foot"}, OSC_777),
        ("auto", {"TERM": "rxvt-unicode-256color"}, OSC_777),
        ("auto", {"TERM": "linux"}, ""),
        ("auto", {"TERM": "dumb"}, ""),
        ("auto", {}, ""),
        ("auto", {"TERM": "screen", "STY": "1.pts"}, ""),
        ("osc777", {"TERM": "xterm"}, OSC_777),
        ("osc9", {"TERM": "linux"}, OSC_9),
        ("off", {"TERM": "xterm"}, ""),
    ],
)
def test_the_notification_is_the_one_that_the_terminal_knows(way: str, environ: dict[str, str], expected: str) -> None:
    assert signals([TEXT], NotifySettings(bell=False, terminal=way), environ) == expected


def test_the_bell_rings_beside_it_or_alone() -> None:
    assert signals([TEXT], NotifySettings(terminal="osc9"), {}) == OSC_9 + "\a"
    assert signals([TEXT], NotifySettings(terminal="off"), {"TMUX": "x"}) == "\a"
    assert signals([TEXT], NotifySettings(bell=False, terminal="off"), {}) == ""


def test_several_alerts_ring_once() -> None:
    assert signals([TEXT, TEXT], NotifySettings(terminal="osc9"), {}) == OSC_9 * 2 + "\a"


def test_inside_tmux_it_is_wrapped_and_the_bell_is_not() -> None:
    wrapped = signals([TEXT], NotifySettings(), {"TERM": "tmux-256color", "TMUX": "/tmp/tmux,1,0"})
    assert wrapped == f"\x1bPtmux;\x1b{OSC_9}\x1b\\\a"


def test_nothing_of_the_text_steers_the_terminal() -> None:
    told = signals(["a\x1b]52;c;x\x07\x9b2J;b\nc\u202e"], NotifySettings(bell=False, terminal="osc777"), {})
    assert told == "\x1b]777;notify;cointicker;a,b c\a"
