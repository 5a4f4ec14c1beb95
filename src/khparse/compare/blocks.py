"""What can meet at all: phrases that share rare pairs of syllables, plans that share a territory or a document.

Count filtering of set similarity joins (Sarawagi, Kirpal, "Efficient set joins on similarity predicates", SIGMOD
2004), over pairs of syllables: of two phrases that score at least LIKELY, each shares about a third of its pairs with
the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from zlib import crc32

from khparse.compare.facts import PlanFacts
from khparse.compare.matching import LIKELY, likeness, same_numbers
from khparse.compare.phrases import Signature
from khparse.registry.jurisdictions import Jurisdiction, Level, jurisdiction_of

KEYS_VERSION = 2  # raised when phrases get other keys: what is filed under the old ones is filed anew
FULL = 1000  # phrases under one key from which on the key says nothing: "cơ sở", "thủ tục"


def block_keys(signature: Signature, kind: str = "") -> frozenset[int]:
    """The keys that a phrase is filed under: checksums of its pairs, of its syllables where it is very short."""
    pairs = signature.pairs
    features = pairs if len(pairs) >= _FEW else signature.features
    return frozenset(crc32(f"{kind} {feature}".encode()) for feature in features)


_FEW = 3


@dataclass(frozen=True, slots=True)
class Probe:
    """Under which keys the like of a phrase is filed, rarest first, and how many of them it must share."""

    keys: tuple[int, ...]
    shared: int


def probe(keys: Iterable[int], frequency: Callable[[int], int]) -> Probe:
    """Two phrases that score at least LIKELY share a third of their pairs; keys that are too common don't count."""
    own = sorted((frequency(k), k) for k in keys)
    rare = tuple(k for count, k in own if count <= FULL) or tuple(k for _, k in own[:1])
    shared = -(-(len(own) - 1) // 3) if len(own) >= _FEW else 1
    return Probe(rare, max(shared - (len(own) - len(rare)), 1))


def may_match(a: Signature, b: Signature) -> bool:
    """Whether two phrases can be the same thing, whatever the headings above them say."""
    if not same_numbers(a, b):
        return False
    common, either = likeness(a, b)
    if common == 0 or common < LIKELY * either:
        return False
    shared = a.members.keys() & b.members.keys()
    return all(a.members[group] & b.members[group] for group in shared)


def alike(signatures: Mapping[str, Signature]) -> dict[str, list[str]]:
    """Each phrase with those that may be the same thing, itself first."""
    phrases, of = list(signatures), list(signatures.values())
    keys = [tuple(block_keys(signature)) for signature in of]
    frequency = Counter(chain.from_iterable(keys))
    found = {phrase: [phrase] for phrase in phrases}
    blocks: dict[int, list[int]] = defaultdict(list)
    for number, signature in enumerate(of):
        asked = probe(keys[number], frequency.__getitem__)
        for other in _sharing([blocks[k] for k in asked.keys if k in blocks], asked.shared):
            if may_match(signature, of[other]):
                found[phrases[number]].append(phrases[other])
                found[phrases[other]].append(phrases[number])
        for k in asked.keys:
            if frequency[k] > 1:
                blocks[k].append(number)
    return found


def _sharing(blocks: Sequence[Sequence[int]], least: int) -> Iterable[int]:
    """Those that stand in at least so many of the blocks."""
    if least == 1:
        return set().union(*blocks)
    return [number for number, shared in Counter(chain.from_iterable(blocks)).items() if shared >= least]


@dataclass(frozen=True, slots=True)
class Places:
    """Where a plan's records are filed, and under which of others' places they look."""

    filed: tuple[str, ...]
    looked: tuple[str, ...]


def places_of(plan: PlanFacts) -> Places:
    """Two plans that stand to each other in any way find each other, whichever comes first.

    A territory meets itself, those over it and those in it; a document meets the plans that carry it out, and these
    each other.
    """
    filed, looked = [f"plan {plan.id}"], [f"plan {plan.id}"]
    if plan.issuer:
        home = jurisdiction_of(plan.issuer, plan.province)
        over = [_place(place) for place in _over(home)]
        filed += [f"at {_place(home)}", *(f"in {place}" for place in over)]
        looked += [f"at {_place(home)}", f"in {_place(home)}", *(f"at {place}" for place in over)]
    filed += [f"does {document}" for document in sorted(plan.implements)]
    looked += [f"{how} {document}" for document in sorted(plan.implements) for how in ("is", "does")]
    if plan.key:
        filed.append(f"is {plan.key}")
        looked.append(f"does {plan.key}")
    return Places(tuple(filed), tuple(looked))


def _over(home: Jurisdiction) -> Sequence[Jurisdiction]:
    if home.level is Level.CENTRAL:
        return ()
    province = Jurisdiction(Level.PROVINCE, home.province)
    district = Jurisdiction(Level.DISTRICT, home.province, home.district)
    if home.level is Level.COMMUNE:
        return (district, province) if home.district else (province,)
    return (province,) if home.level is Level.DISTRICT else ()


def _place(home: Jurisdiction) -> str:
    """A commune's district is often left out: it does not count here."""
    return f"{int(home.level)} {home.province} {home.commune or home.district or ''}"
