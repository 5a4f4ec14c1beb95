"""Many words as one pattern."""

from __future__ import annotations

import regex
from hypothesis import given
from hypothesis import strategies as st

from khparse.text.alternatives import any_of

SYLLABLES = st.lists(st.sampled_from(["sở", "sở ngành", "ban", "băn", "b.n", "Sở", "ngành", "sở n"]), min_size=1)


def test_shared_beginnings_are_written_once() -> None:
    assert any_of(["sở", "sở ngành", "ban"]) == r"(?:sở(?:[ \t]+ngành)?|ban)"


def test_the_longest_word_is_taken_and_blanks_may_be_many() -> None:
    found = regex.match(any_of(["ủy ban", "ủy ban nhân dân"]), "ủy  ban nhân\tdân tỉnh")
    assert found is not None
    assert found.group() == "ủy  ban nhân\tdân"


def test_a_shorter_word_is_taken_where_what_follows_asks_for_it() -> None:
    assert regex.match(any_of(["ủy ban", "ủy ban nhân"]) + " nhân dân", "ủy ban nhân dân")


def test_no_words_match_nothing() -> None:
    assert regex.search(any_of([]), "sở") is None


@given(SYLLABLES, st.lists(st.sampled_from([*"sởnbaă. ", "ngành"])).map("".join))
def test_it_finds_what_the_words_side_by_side_find(words: list[str], text: str) -> None:
    by_length = sorted(words, key=len, reverse=True)
    side_by_side = "|".join(regex.escape(word) for word in by_length)
    found = [match.span() for match in regex.finditer(any_of(words, blank=" "), text)]
    assert found == [match.span() for match in regex.finditer(side_by_side, text)]
