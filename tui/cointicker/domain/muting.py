"""Which headlines a person does not want to see."""

import re
from collections.abc import Iterable


def any_word(words: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the words, whatever their case, where they stand alone; nothing where there are none."""
    alternatives = "|".join(re.escape(word.strip()) for word in words if word.strip())
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)" if alternatives else "(?!)", re.IGNORECASE)
