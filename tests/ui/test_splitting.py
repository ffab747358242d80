"""A story is taken apart and put together by key, in the list and on the sheet of its sources."""

from ui.stage import Stage, demo


async def _go_to(stage: Stage, *, told_by_several: bool) -> list[str]:
    """Make the first such story the current one; the titles of its headlines."""
    stories = [entry.story for entry in stage.headlines.river.shown]
    place = next(place for place, story in enumerate(stories) if bool(story.others) is told_by_several)
    await stage.press(*["j"] * place)
    return [headline.title for headline in stories[place].headlines]


def _alone(stage: Stage, titles: list[str]) -> bool:
    """Whether each of these titles is a row of its own."""
    return set(titles) <= set(stage.titles)


async def test_x_takes_a_story_apart_and_puts_it_together() -> None:
    async with demo((120, 36)) as stage:
        titles = await _go_to(stage, told_by_several=True)
        assert not _alone(stage, titles)
        await stage.press("X")
        await stage.until(lambda: _alone(stage, titles) and "taken apart" in stage.text())
        await stage.press("X")
        await stage.until(lambda: not _alone(stage, titles) and "put together" in stage.text())
        await stage.press("ctrl+z")
        await stage.until(lambda: _alone(stage, titles))


async def test_the_sheet_of_sources_offers_it_too() -> None:
    async with demo((120, 36)) as stage:
        titles = await _go_to(stage, told_by_several=True)
        await stage.press("x")
        await stage.click("Take the story apart")
        await stage.until(lambda: _alone(stage, titles))
        await stage.press("x")
        assert "Put the story together" in stage.text()
        await stage.press("X")
        await stage.until(lambda: not _alone(stage, titles))


async def test_a_story_of_one_source_cannot_be_taken_apart() -> None:
    async with demo((120, 36)) as stage:
        await _go_to(stage, told_by_several=False)
        await stage.press("X")
        await stage.until(lambda: "no other source carries this story" in stage.text())
