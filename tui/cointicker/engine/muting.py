"""Hides what a person does not want to read, and says by which word."""

import re
from collections.abc import Iterable, Sequence

from cointicker.domain.muting import any_word
from cointicker.domain.news import Feed, Headline


class Muting:
    """The mute words of all feeds and those of each. What is starred is never hidden."""

    def __init__(self, words: Iterable[str] = (), feeds: Iterable[Feed] = ()) -> None:
        self._for_all = any_word(words)
        self._of_feeds = {feed.url: any_word(feed.mute) for feed in feeds if feed.mute}

    def word_for(self, headline: Headline) -> str:
        """The word, as it stands in the title or a tag, that hides a headline; empty where none does."""
        if headline.starred:
            return ""
        texts = (headline.title, *headline.tags)
        found = next(filter(None, (finder.search(text) for finder in self._finders(headline) for text in texts)), None)
        return "" if found is None else found[0]

    def _finders(self, headline: Headline) -> Iterable[re.Pattern[str]]:
        own = self._of_feeds.get(headline.feed_url)
        return (self._for_all,) if own is None else (self._for_all, own)

    def part(self, headlines: Sequence[Headline]) -> tuple[list[Headline], list[Headline]]:
        """Those that are shown, and those that are hidden."""
        shown: list[Headline] = []
        hidden: list[Headline] = []
        for headline in headlines:
            (hidden if self.word_for(headline) else shown).append(headline)
        return shown, hidden
