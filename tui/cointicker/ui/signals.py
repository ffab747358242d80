"""How an alert makes itself heard in a terminal: the bell, and the notification that many terminals show."""

from collections.abc import Mapping, Sequence

from cointicker.config.settings import NotifySettings
from cointicker.text.safe import clean

BELL = "\a"
_TITLE = "cointicker"
_LIMIT = 200
"""Characters of a notification."""
_SPEAK_777 = ("rxvt", "foot")
"""How ``TERM`` begins where OSC 777 is known, and OSC 9 is not."""
_SPEAK_NEITHER = ("", "dumb", "linux")


def signals(texts: Sequence[str], notify: NotifySettings, environ: Mapping[str, str]) -> str:
    """What to write to the terminal for alerts; empty where nothing is wanted."""
    notifications = (_notification(text, notify.terminal, environ) for text in texts)
    wrap = _through_tmux if environ.get("TMUX") else str
    return "".join(wrap(each) for each in notifications if each) + BELL * notify.bell


def _through_tmux(sequence: str) -> str:
    """Wrapped so that tmux hands it on, with every ESC doubled, where allow-passthrough is on; else tmux drops it."""
    return f"\x1bPtmux;{sequence.replace(chr(27), chr(27) * 2)}\x1b\\"


def _notification(text: str, way: str, environ: Mapping[str, str]) -> str:
    term = environ.get("TERM", "")
    if way == "auto" and environ.get("STY"):  # GNU screen hands nothing on
        return ""
    if way == "auto" and term not in _SPEAK_NEITHER:
        way = "osc777" if term.startswith(_SPEAK_777) else "osc9"
    body = clean(text, _LIMIT)
    match way:
        case "osc9":  # led by a name: a number here would be a command to some terminals
            return f"\x1b]9;{_TITLE}: {body}{BELL}"
        case "osc777":
            return f"\x1b]777;notify;{_TITLE};{body.replace(';', ',')}{BELL}"
    return ""
