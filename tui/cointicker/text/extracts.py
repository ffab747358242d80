"""What a text says around the words that were looked for."""

import re
from collections.abc import Sequence

from cointicker.domain.queries import Words, fold
from cointicker.domain.words import EMPTY, SafeText
from cointicker.text.safe import vouch

BEFORE = 28
"""Characters before the words: few, so that the words are still seen in a narrow pane."""
LENGTH = 200
"""Characters of an extract."""
_APART = r"[\W_]+"
_START, _END = r"(?<![^\W_])", r"(?![^\W_])"


def pattern_of(wanted: Sequence[Words]) -> re.Pattern[str]:
    """Finds any of the words in a folded text."""
    forms = (
        _APART.join(map(re.escape, form.split(" "))) + ("" if words.prefix else _END)
        for words in wanted
        for form in words.forms
    )
    return re.compile(f"{_START}(?:{'|'.join(forms)})")


def extract(text: str, wanted: re.Pattern[str]) -> SafeText:
    """The first place of a safe text on one line where any of the words stand; empty where none do."""
    found = wanted.search(fold(text))
    if found is None:
        return EMPTY
    # A letter that folds to several, which is rare, moves the place by a letter.
    return _cut(text, min(found.start(), len(text)))


def _cut(text: str, start: int) -> SafeText:
    begin = max(0, start - BEFORE)
    if begin:
        begin = text.find(" ", begin, start) + 1 or start
    end = min(len(text), begin + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", start + 1, end), start + 1)
    return vouch(("… " if begin else "") + text[begin:end].strip() + (" …" if end < len(text) else ""))
