"""What the entity model learns from: lines of plans with the names that gold records and rules find in them.

Names are silver where rules found them and gold where a gold record writes them. So that the model learns how names
stand in sentences, and not only the names that the rules know anyway, each line with a name comes again with other
words in its place ("Sở Tài chính chủ trì" -> "Lâm Gạch chế biến chủ trì").
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence

import regex

from khparse.extract.entities import OFFICE, PERSON, Entity, Labelled
from khparse.extract.offices import OfficeNames
from khparse.model.document import Span
from khparse.model.record import Extraction

_LINE = regex.compile(r"[^\n\t]{3,}")
_PERSON = regex.compile(
    r"(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à|[Tt]hầy|[Cc]ô)[ :.]+(?P<name>\p{Lu}\p{Ll}{0,6}(?:[ ]\p{Lu}\p{Ll}{0,6}){1,4})(?![\p{L}])"
)
_HEAD = regex.compile(r"\p{Lu}\p{L}*(?:[ ]\p{Lu}\p{L}*(?=[ ]\p{L}))?")
_SYLLABLE = regex.compile(r"\p{L}+")


def labelled_lines(
    text: str, extraction: Extraction, offices: OfficeNames, gold_names: Sequence[str] = ()
) -> list[Labelled]:
    """The lines and cells of one plan with their names; a line without any is kept, to learn what is none."""
    found = [*_of_records(extraction), *_of_gold(text, gold_names), *_of_rules(text, offices), *_persons(text)]
    kept = _apart(found)
    lines = []
    for line in _LINE.finditer(text):
        start, end = line.span()
        inside = [e for e in kept if start <= e.span.start and e.span.end <= end]
        moved = tuple(Entity(Span(e.span.start - start, e.span.end - start), e.label) for e in inside)
        lines.append(Labelled(line.group(), moved))
    return lines


def _of_records(extraction: Extraction) -> Iterator[Entity]:
    for task in extraction.tasks:
        for office in (*task.lead, *task.coordinating):
            if office.start is not None and office.end is not None:
                yield Entity(Span(office.start, office.end), OFFICE)


def _of_gold(text: str, names: Iterable[str]) -> Iterator[Entity]:
    """Every place where a name of a gold record is written; single words are too often something else."""
    for name in sorted(set(names)):
        if len(name.split()) > 1 and name[0].isupper():
            for match in regex.finditer(rf"(?<!\p{{L}}){regex.escape(name)}(?!\p{{L}})", text):
                yield Entity(Span(*match.span()), OFFICE)


def _of_rules(text: str, offices: OfficeNames) -> Iterator[Entity]:
    for line in _LINE.finditer(text):
        for names in offices.mentions(text, *line.span()):
            for name in names:
                if name.words[0].isupper() and len(name.words) > 3:  # of collectives only those with a role are sure
                    yield Entity(name.span, OFFICE)


def _persons(text: str) -> Iterator[Entity]:
    for match in _PERSON.finditer(text):
        yield Entity(Span(*match.span("name")), PERSON)


def _apart(found: Iterable[Entity]) -> list[Entity]:
    """The longest of those that overlap, in reading order."""
    kept: list[Entity] = []
    for entity in sorted(found, key=lambda e: (e.span.start, -e.span.end)):
        if not kept or entity.span.start >= kept[-1].span.end:
            kept.append(entity)
    return kept


def lesson(lines: Sequence[Labelled], *, seed: int = 7, copies: int = 2) -> list[Labelled]:
    """What to learn from: each line with names, as it is and with other words; as many lines without any."""
    chance = random.Random(seed)  # noqa: S311 (a choice of examples, no secret)
    lines = list(dict.fromkeys(line for line in lines if len(line.text) < 1500))
    named = [line for line in lines if line.entities]
    others = [line for line in lines if not line.entities]
    words = sorted({word for line in lines for word in _SYLLABLE.findall(line.text) if 1 < len(word) < 8})
    disguised = [_disguise(line, words, chance) for line in named for _ in range(copies)]
    return [*named, *disguised, *chance.sample(others, min(len(others), len(named)))]


def _disguise(line: Labelled, words: Sequence[str], chance: random.Random) -> Labelled:
    """The line with other words in place of its names' heads, half of the time of their bodies too."""
    parts, entities, at = [], [], 0
    ends = [0, *(e.span.end for e in line.entities)]
    for entity, left in zip(line.entities, ends, strict=False):  # the last end has no name behind it
        before = line.text[left : entity.span.start]
        name = entity.span.of(line.text)
        if entity.label == OFFICE and name[0].isupper() and chance.random() < 0.8:
            name = _other_name(name, words, chance)
        parts += [before, name]
        at += len(before)
        entities.append(Entity(Span(at, at + len(name)), entity.label))
        at += len(name)
    parts.append(line.text[ends[-1] :])
    return Labelled("".join(parts), tuple(entities))


def _other_name(name: str, words: Sequence[str], chance: random.Random) -> str:
    head = _HEAD.match(name)
    rest = name[head.end() :] if head else ""
    if chance.random() < 0.5 or not rest:
        count = chance.randint(1, 4)
        rest = "".join(" " + _cased(chance.choice(words), chance) for _ in range(count)) + _tail(rest)
    heads = [chance.choice(words).capitalize() for _ in range(chance.randint(1, 2))]
    return " ".join([heads[0], *(_cased(word, chance) for word in heads[1:])]) + rest


def _cased(word: str, chance: random.Random) -> str:
    return word.capitalize() if chance.random() < 0.4 else word.lower()


def _tail(rest: str) -> str:
    """What places a name keeps its place: "tỉnh Sơn La" of "Sở Y tế tỉnh Sơn La"."""
    place = regex.search(r"[ ](?:tỉnh|huyện|xã|thành phố|phường)\b.{0,20}$", rest)
    return place.group() if place else ""
