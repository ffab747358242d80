"""Which stories ``cointicker news`` shows: those of a category, a kept search, a search, a coin, a source."""

from collections.abc import Mapping, Sequence

from cointicker.cli.forms.reports import News
from cointicker.cli.output import Out, UsageError, no_such
from cointicker.domain.categories import ALL, CATEGORIES, POPULAR, category_named
from cointicker.domain.news import Story
from cointicker.domain.queries import Query
from cointicker.domain.stories import popular
from cointicker.engine.engine import Engine

_MOST_FOUND = 2000
"""Headlines of a search that are looked at."""


def choice_named(name: str | None, searches: Mapping[str, str]) -> str:
    """What a person means of all that stands over the headlines. Raises ``UsageError`` where nothing is called so."""
    choices = (ALL, POPULAR, *searches, *CATEGORIES[1:])
    if name is None or name in choices:
        return name or ALL
    found = next((each for each in choices if each.casefold() == name.strip().casefold()), None)
    if found is None:
        raise UsageError(no_such("category", name, choices))
    return found


def query_of(engine: Engine, text: str | None) -> Query | None:
    """What is searched for; ``None``: nothing. Raises ``UsageError`` for what makes no sense."""
    query = engine.searching.parse(text or "")
    if query.mistakes:
        raise UsageError(f"--search: {query.mistake}")
    return query or None


async def choose_stories(engine: Engine, command: News, choice: str, query: Query | None, out: Out) -> list[Story]:
    """All stories that a choice and a search leave, newest first, the popular ones by their sources."""
    searches = engine.settings.searches
    told: Sequence[Story] = engine.snapshot.stories
    if choice == POPULAR:
        told = popular(told, engine.board.clock())
    elif choice in searches:
        told = await _search(engine, engine.searching.parse(searches[choice]), out)
    elif category := category_named(choice):
        told = told if category == ALL else [story for story in told if _is_of(story, category)]
    if query is not None:
        told = await _narrow(engine, told, choice, query, out)
    return [story for story in told if _fits(story, command)]


async def _narrow(engine: Engine, told: Sequence[Story], choice: str, query: Query, out: Out) -> Sequence[Story]:
    """Of some stories those that a search finds, also among what is stored and not told any more."""
    found = await _search(engine, query, out)
    if choice == ALL:
        return found
    if choice not in {POPULAR, *engine.settings.searches}:
        return [story for story in found if _is_of(story, choice)]
    ids = {story.lead.headline_id for story in found}
    return [story for story in told if story.lead.headline_id in ids]


async def _search(engine: Engine, query: Query, out: Out) -> list[Story]:
    """The stories of all that is stored of which a query is true, newest first."""
    found = await engine.search_news(query, _MOST_FOUND)
    if found.limited:
        out.say(found.limited)
    ids = {hit.headline.headline_id for hit in found.hits}
    loaded = [story for story in engine.snapshot.stories if any(each.headline_id in ids for each in story.headlines)]
    known = {headline.headline_id for story in loaded for headline in story.headlines}
    others = [Story(hit.headline) for hit in found.hits if hit.headline.headline_id not in known]
    return sorted([*loaded, *others], key=lambda story: -story.lead.at)


def _is_of(story: Story, category: str) -> bool:
    return any(category in headline.categories for headline in story.headlines)


def _fits(story: Story, command: News) -> bool:
    if (command.unread and story.read) or (command.starred and not any(each.starred for each in story.headlines)):
        return False
    return command.source is None or command.source.casefold() in map(str.casefold, story.sources)
