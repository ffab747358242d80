"""Inline content as it gathers: words with their tone and link, until they make a block."""

from collections.abc import Iterator
from contextlib import contextmanager

from cointicker.domain.news import Span, Tone
from cointicker.text.safe import TEXT_LIMIT, clean, vouch

_LINE_END = None
_Run = tuple[str | None, Tone, int | None]


class Runs:
    """What stands between the beginning and the end of a block."""

    def __init__(self) -> None:
        self._runs: list[_Run] = []
        self._tone = Tone.PLAIN
        self._link: int | None = None

    def add(self, text: str) -> None:
        """Foreign words in the current tone."""
        if text:
            self._runs.append((text, self._tone, self._link))

    def end_line(self) -> None:
        """A line ends; two ends of lines in a row are the end of a paragraph."""
        self._runs.append((_LINE_END, self._tone, self._link))

    @contextmanager
    def toned(self, tone: Tone | None) -> Iterator[None]:
        """What is added within has this tone; ``None`` changes nothing."""
        before = self._tone
        self._tone = tone or before
        yield
        self._tone = before

    @contextmanager
    def linked(self, number: int | None) -> Iterator[None]:
        """What is added within stands for this link."""
        before = self._link
        self._link = number if number is not None else before
        yield
        self._link = before

    def take(self) -> Iterator[tuple[Span, ...]]:
        """The paragraphs gathered so far, safe, none of them empty; the gathering begins anew."""
        runs, self._runs = self._runs, []
        part: list[_Run] = []
        for index, run in enumerate(runs):
            if run[0] is not _LINE_END:
                part.append(run)
            elif _ends_paragraph(runs, index):
                yield from _paragraph(part)
                part = []
            else:
                part.append((" ", run[1], run[2]))
        yield from _paragraph(part)


def _ends_paragraph(runs: list[_Run], index: int) -> bool:
    following = index + 1
    while following < len(runs) and (text := runs[following][0]) is not _LINE_END and text.isspace():
        following += 1
    return following < len(runs) and runs[following][0] is _LINE_END


def _paragraph(runs: list[_Run]) -> Iterator[tuple[Span, ...]]:
    spans: list[Span] = []
    space = False
    for raw, tone, link in runs:
        if raw is None:
            continue
        text = clean(raw, TEXT_LIMIT)
        if not text:
            space = space or bool(raw)
            continue
        if spans and (space or raw[0].isspace()):
            spans[-1] = Span(vouch(spans[-1].text + " "), spans[-1].tone, spans[-1].link)
        if spans and (spans[-1].tone, spans[-1].link) == (tone, link):
            spans[-1] = Span(vouch(spans[-1].text + text), tone, link)
        else:
            spans.append(Span(text, tone, link))
        space = raw[-1].isspace()
    if spans:
        yield tuple(spans)
