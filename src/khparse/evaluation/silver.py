"""What the entity model learns from: lines of plans with the names that gold records and rules find in them.

Names are silver where rules found them and gold where a gold record writes them. So that the model learns how names
stand in sentences, and not only the names that the rules know anyway, each line with a name comes again with other
words in its place ("Sở Tài chính chủ trì" -> "Lâm Gạch chế biến chủ trì").
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from khparse.extract.entities import OFFICE, PERSON, Entity, Labelled
from khparse.extract.offices.names import OfficeNames
from khparse.model.document import Span
from khparse.model.record import Extraction

_LONGEST = 1500  # characters of a line
_LINE = regex.compile(r"[^\n\t]{3,}")
_PERSON = regex.compile(
    r"(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à|[Tt]hầy|[Cc]ô)[ :.]+(?P<name>\p{Lu}\p{Ll}{0,6}(?:[ ]\p{Lu}\p{Ll}{0,6}){1,4})(?![\p{L}])"
)
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


@dataclass(frozen=True, slots=True)
class Substitutes:
    """What may stand in a name's place: names of offices, and words to make up others from."""

    names: Sequence[str]
    words: Sequence[str]

    def pick(self, name: str, chance: random.Random) -> str:
        """Another name, its place kept: "Sở Y tế tỉnh Sơn La" -> "Trạm Khuyến nông tỉnh Sơn La"."""
        if self.names and chance.random() < 0.5:
            return chance.choice(self.names) + _place(name)
        count = chance.randint(1, 4)
        made = [self._word(chance, 0.4) for _ in range(count)]
        return " ".join([chance.choice(self.words).capitalize(), self._word(chance, 0.8), *made]) + _place(name)

    def _word(self, chance: random.Random, capital: float) -> str:
        word = chance.choice(self.words)
        return word.capitalize() if chance.random() < capital else word.lower()


def lesson(lines: Sequence[Labelled], names: Sequence[str], *, seed: int = 7, copies: int = 2) -> list[Labelled]:
    """What to learn from: each line with names, as it is and with other names; as many lines without any."""
    chance = random.Random(seed)  # noqa: S311 (a choice of examples, no secret)
    lines = list(dict.fromkeys(line for line in lines if len(line.text) < _LONGEST))
    named = [line for line in lines if line.entities]
    others = [line for line in lines if not line.entities]
    words = sorted({word for line in lines for word in _SYLLABLE.findall(line.text) if 1 < len(word) < 8})
    substitutes = Substitutes(names, words)
    disguised = [_disguise(line, substitutes, chance) for line in named for _ in range(copies)]
    return [*named, *disguised, *chance.sample(others, min(len(others), len(named)))]


def _disguise(line: Labelled, substitutes: Substitutes, chance: random.Random) -> Labelled:
    """The line with other names in place of most of its own."""
    parts: list[str] = []
    entities: list[Entity] = []
    left = 0
    for entity in line.entities:
        parts.append(line.text[left : entity.span.start])
        name = entity.span.of(line.text)
        if entity.label == OFFICE and name[0].isupper() and chance.random() < 0.8:
            name = substitutes.pick(name, chance)
        start = sum(map(len, parts))
        parts.append(name)
        entities.append(Entity(Span(start, start + len(name)), entity.label))
        left = entity.span.end
    return Labelled("".join([*parts, line.text[left:]]), tuple(entities))


def _place(name: str) -> str:
    """What places a name: " tỉnh Sơn La" of "Sở Y tế tỉnh Sơn La"."""
    place = regex.search(r"[ ](?:tỉnh|huyện|xã|thành phố|phường)\b.{0,20}$", name)
    return place.group() if place else ""
