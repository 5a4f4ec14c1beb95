"""A pattern for many words, read letter by letter: lists of hundreds cost little more than a few words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import regex

from khparse.text.fold import spellings

_Tree = dict[str, "_Tree"]  # letters that may come next, "" where a word may end


def any_of(words: Iterable[str], blank: str = r"[ \t]+") -> str:
    r"""A pattern for any of the words in every spelling, the longest that stands there first; `blank` is what a space of theirs may be.

    Beginnings that words share are written once, so that few letters are tried at each place and not every word:
    "sở", "sở ngành" and "ban" become `(?:sở(?:[ \t]+ngành)?|ban)`.
    """
    tree: _Tree = {}
    for word in chain.from_iterable(map(spellings, words)):
        branch = tree
        for letter in word:
            branch = branch.setdefault(blank if letter == " " else regex.escape(letter), {})
        branch[""] = {}
    return f"(?:{_branches(tree)})" if tree else "(?!)"


def _branches(tree: _Tree) -> str:
    return "|".join(letter + _rest(below) for letter, below in tree.items() if letter)


def _rest(tree: _Tree) -> str:
    """What follows a letter: nothing, one way on, or several; none of them may be needed where a word ends."""
    if tree.keys() == {""}:
        return ""
    more = _branches(tree)
    if "" in tree:
        return f"(?:{more})?"
    return more if len(tree) == 1 else f"(?:{more})"
