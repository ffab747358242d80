"""What a text says around the words that were looked for."""

import re
from collections.abc import Sequence
from itertools import islice

from cointicker.domain.queries import Words, fold
from cointicker.domain.words import EMPTY, SafeText
from cointicker.text.safe import vouch

BEFORE = 28
"""Characters before the words: few, so that the words are still seen in a narrow pane."""
LENGTH = 200
"""Characters of an extract."""
_NEAR = 120
"""Characters within which words stand together."""
_MOST, _TOGETHER = 200, 12
"""Places of words that are looked at, in all and at once."""
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
    """The first place of a safe text on one line where most of the words stand together; empty where none do."""
    found = [(each.start(), each[0]) for each in islice(wanted.finditer(fold(text)), _MOST)]
    if not found:
        return EMPTY
    best, start = (0, 0), found[0][0]
    for index, (place, _) in enumerate(found):
        near = {word: at for at, word in reversed(found[index : index + _TOGETHER]) if at < place + _NEAR}
        score = (len(near), place - max(near.values()))  # many words, and of those the closest together
        if score > best:
            best, start = score, place
    # A letter that folds to several, which is rare, moves the place by a letter.
    return _cut(text, min(start, len(text)))


def _cut(text: str, start: int) -> SafeText:
    begin = max(0, start - BEFORE)
    if begin:
        begin = text.find(" ", begin, start) + 1 or start
    end = min(len(text), begin + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", start + 1, end), start + 1)
    return vouch(("… " if begin else "") + text[begin:end].strip() + (" …" if end < len(text) else ""))
