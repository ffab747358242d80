"""``cointicker mark``: headlines are read, unread, starred or not."""

from collections.abc import Sequence

from cointicker.cli.deeds import Deeds
from cointicker.cli.forms.reports import Mark
from cointicker.cli.output import Out, UsageError, shown_name
from cointicker.domain.news import Headline
from cointicker.engine.engine import Engine

_WORDS = {"read": "read", "unread": "unread", "star": "starred", "unstar": "no longer starred"}


async def mark(engine: Engine, command: Mark, out: Out) -> int:
    """Mark stories, with all headlines that tell them; the exit status."""
    if engine.snapshot.demo:
        raise UsageError("--demo writes nothing")
    await engine.news.load()
    deeds = Deeds(out, json=command.json)
    if command.all:
        unread = [each for story in engine.snapshot.stories for each in story.headlines if not each.read]
        await _set(engine, command.action, unread)
        deeds.done(f"{len(unread)} headline{'' if len(unread) == 1 else 's'} marked as read")
        return deeds.end()
    for key in command.keys:
        headline = await engine.reader.find(key)
        if headline is None:
            deeds.failed(f"no headline has the id or address {shown_name(key)}; `cointicker news` prints the ids")
            continue
        await _set(engine, command.action, _meant(engine, command.action, headline))
        deeds.done(f"{_WORDS[command.action]}: {headline.title}", id=headline.headline_id)
    return deeds.end()


async def _set(engine: Engine, action: str, headlines: Sequence[Headline]) -> None:
    ids = [each.headline_id for each in headlines]
    if action in {"read", "unread"}:
        await engine.news.mark(ids, read=action == "read")
    else:
        await engine.news.mark(ids, starred=action == "star")


def _meant(engine: Engine, action: str, headline: Headline) -> Sequence[Headline]:
    """A story is read with all headlines that tell it; a star is that of one, as on the screen."""
    for story in engine.snapshot.stories if action in {"read", "unread"} else ():
        if any(each.headline_id == headline.headline_id for each in story.headlines):
            return story.headlines
    return (headline,)
