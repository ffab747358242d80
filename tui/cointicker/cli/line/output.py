"""Writes a line, and says on stderr what is wrong."""

import sys

from cointicker.cli.line.making import STALE, Made, Maker

_MOODS = {0: "fresh", 1: "unknown", STALE: "stale"}
_WAYS = {1: "up", -1: "down"}


def to_json(maker: Maker, made: Made) -> str:
    """One object on one line, as waybar's ``return-type = json`` wants it."""
    import json  # noqa: PLC0415 - takes longer to import than the line to make

    classes = [_MOODS[made.status], _WAYS.get(made.facts.way, "even")]
    document = {"text": made.text, "tooltip": maker.tooltip(made), "alt": classes[0], "class": classes}
    return json.dumps(document, ensure_ascii=False)


def write_line(text: str) -> None:
    """A line on stdout, at once. Raises ``OSError``; signs that its encoding lacks are told by others."""
    if sys.stdout is None:
        return
    encoding = (sys.stdout.encoding or "ascii").lower()
    if encoding.replace("-", "") != "utf8":
        from cointicker.text.numbers import DOWN, UNKNOWN, UP  # noqa: PLC0415 - seldom needed

        text = text.replace(UP, "+").replace(DOWN, "-").replace(UNKNOWN, "-").replace("…", "...")
    sys.stdout.buffer.write(f"{text}\n".encode(encoding, "replace"))
    sys.stdout.buffer.flush()


def say(sentence: str) -> None:
    """A sentence for the person, on stderr."""
    try:
        sys.stderr.write(f"cointicker: {sentence}\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        return  # nobody is there to be told
