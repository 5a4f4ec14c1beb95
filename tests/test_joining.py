"""The join of phrases finds what asking each about each finds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from khparse.compare.joining import alike
from khparse.compare.matching import may_match
from khparse.compare.phrases import Signature

SYLLABLES = st.sampled_from("xã thôn chợ bến cầu trạm kho bãi".split())
PHRASES = st.lists(SYLLABLES, min_size=1, max_size=7)


def signature(words: list[str], light: list[str], figure: str = "") -> Signature:
    pairs = [f"{a} {b}" for a, b in zip(words, words[1:], strict=False)]
    return Signature(frozenset((*words, *pairs)), frozenset(figure), {}, " ".join(words), frozenset(light))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(PHRASES, st.lists(SYLLABLES, max_size=3), st.sampled_from(("", "3"))), max_size=25))
def test_the_join_misses_no_pair_and_adds_none(said: list[tuple[list[str], list[str], str]]) -> None:
    signatures = {f"{number}": signature(*one) for number, one in enumerate(said)}
    each = {
        frozenset((a, b)) for a in signatures for b in signatures if a < b and may_match(signatures[a], signatures[b])
    }
    near = alike(signatures, signatures.__getitem__)
    assert {frozenset((a, b)) for a, others in near.items() for b in others[1:]} == each


def test_a_phrase_like_no_other_is_left_out() -> None:
    signatures = {"cầu": signature(["cầu", "treo"], []), "chợ": signature(["chợ", "đêm"], [])}
    assert alike(signatures, signatures.__getitem__) == {}
