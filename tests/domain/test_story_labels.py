"""How well stories are told, by pairs of headlines that a person labelled."""

import pytest

from domain.story_pairs import load_pairs, score_pairs, wrong_pairs

PRECISION, RECALL = 0.99, 0.9


@pytest.mark.parametrize("held_out", [False, True], ids=["made with", "held out"])
def test_pairs_are_told_as_a_person_tells_them(held_out: bool) -> None:
    pairs = load_pairs(held_out=held_out)
    found = score_pairs(pairs)
    wrong = "\n".join(map(str, wrong_pairs(pairs)))
    assert found.precision >= PRECISION, wrong
    assert found.recall >= RECALL, wrong


def test_there_are_many_pairs_of_both_kinds_and_a_third_was_held_out() -> None:
    seen, held_out = load_pairs(held_out=False), load_pairs(held_out=True)
    assert len(seen) + len(held_out) >= 200
    assert len(held_out) * 3 >= len(seen) + len(held_out) - 10
    for pairs in (seen, held_out):
        assert len(pairs) * 0.4 <= sum(pair.same for pair in pairs) <= len(pairs) * 0.6
