"""The words of a text around what was looked for."""

from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.queries import parse_query, tokenise
from cointicker.text.extracts import LENGTH, extract, pattern_of
from cointicker.text.safe import clean


def _around(text: str, query: str) -> str:
    return extract(text, pattern_of(parse_query(query, 0.0).words))


def test_it_begins_shortly_before_the_words_and_ends_at_a_word() -> None:
    text = f"{'filler ' * 40}the hashprice fell {'more ' * 60}"
    found = _around(text, "hashprice")
    assert found.startswith("… filler")
    assert found.index("hashprice") < 40
    assert found.endswith("more …")
    assert len(found) <= LENGTH + 4


def test_where_most_of_the_words_stand_closest_together_is_chosen() -> None:
    text = f"miners here {'x ' * 100} sell there {'y ' * 100} miners who like to sell {'z ' * 100} miners sell"
    assert _around(text, "miners sell").endswith("miners sell")


def test_accents_case_plurals_and_signs_between_the_words_do_not_count() -> None:
    assert _around("Im Café-Geöffnet heute", '"cafe geoffnet"')
    assert _around("BITCOINS fall", "bitcoin")
    assert not _around("bitcoiner", "bitcoin")
    assert _around("bitcoiner", "bitc*")


@given(st.text(max_size=300).map(clean), st.text(max_size=20))
def test_what_is_found_is_of_the_text(text: str, typed: str) -> None:
    words = [each for each in parse_query(typed, 0.0).words if not each.negated and each.key is None]
    if words:
        found = extract(text, pattern_of(words)).strip("… ")
        assert found in text
        if not found:
            assert not any(form == token for token in tokenise(text) for each in words for form in each.forms)
