"""``[share]``: a person's own commands that an article is handed to."""

import re

from cointicker.config.documents import Report
from cointicker.config.lists import check_command
from cointicker.config.problems import Key, nearest, shown
from cointicker.text.cells import cell_width
from cointicker.text.safe import clean

PLACEHOLDERS = ("url", "title", "source", "markdown")
"""What stands in braces for a part of the article."""
NAME_CELLS = 40
"""The widest name."""
_IN_BRACES = re.compile(r"\{(\w+)\}")


def check_share(raw: object, key: Key, report: Report) -> dict[str, tuple[str, ...]] | None:
    """Names, each with a program and its arguments."""
    if not isinstance(raw, dict):
        report.say(key, f"must be a section, such as [share], not {shown(raw)}")
        return None
    kept: dict[str, tuple[str, ...]] = {}
    for name, command in raw.items():
        here, text = (*key, name), clean(name)
        if not text or cell_width(text) > NAME_CELLS:
            report.say(here, f"must have a name of at most {NAME_CELLS} cells")
            continue
        words = check_command(command, here, report)
        if words == ():
            report.say(here, 'must be a program and its arguments, such as ["mail-me", "{url}"], not []')
        elif words and not (wrong := _misspelt(words)):
            kept[text] = words
        elif words:
            report.say(here, f"has {{{wrong}}}, which stands for nothing", nearest(wrong, PLACEHOLDERS))
    return kept


def _misspelt(words: tuple[str, ...]) -> str:
    """A word in braces that was meant for one of ours; empty where there is none."""
    named = (name for word in words for name in _IN_BRACES.findall(word) if name not in PLACEHOLDERS)
    return next((name for name in named if nearest(name, PLACEHOLDERS)), "")


def fill(command: tuple[str, ...], values: dict[str, str]) -> list[str]:
    """The program and its arguments with the parts of an article in them, each within one argument.

    Foreign text that would begin an argument with a ``-`` is set off by a blank, so that it is no option.
    """
    filled = [command[0]]
    for word in command[1:]:
        text = _IN_BRACES.sub(lambda found: values.get(found[1], found[0]), word)
        filled.append(f" {text}" if text.startswith("-") and not word.startswith("-") else text)
    return filled
