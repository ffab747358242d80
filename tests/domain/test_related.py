"""Which stories stand under an article."""

from cointicker.domain.news import Headline, Story
from cointicker.domain.related import related_stories
from cointicker.domain.told import SAME_STORY_WITHIN
from cointicker.domain.words import SafeText
from fake_clock import START


def _story(number: int, title: str, *coins: str, at: float = START) -> Story:
    source = f"source{number}"
    feed = f"https://{source}.example"
    return Story(Headline(f"id{number}", feed, SafeText(source), SafeText(title), "", at, coins=coins))


READ = _story(1, "Solana validators vote for faster blocks", "solana")


def test_the_same_coin_and_the_same_words_are_related_the_more_the_higher() -> None:
    both = _story(2, "Solana validators switch to a new client", "solana")
    words = _story(3, "Validators of all networks agree to vote more often")
    coin = _story(4, "SOL slips under $140", "solana")
    assert related_stories(READ, [READ, coin, words, both]) == (both, words, coin)
    assert related_stories(READ, [coin, words, both], most=1) == (both,)


def test_neither_itself_nor_what_is_far_away_is_related() -> None:
    old = _story(2, "Solana validators switch to a new client", "solana", at=START - SAME_STORY_WITHIN - 1)
    assert related_stories(READ, [READ, old]) == ()


def test_bitcoin_and_words_that_all_titles_have_relate_nothing() -> None:
    one = _story(2, "Bitcoin price falls as traders sell", "bitcoin")
    other = _story(3, "Bitcoin falls: what the day will bring to miners", "bitcoin")
    assert related_stories(one, [other]) == ()
