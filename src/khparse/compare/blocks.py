"""What can meet at all: phrases that share rare pairs of syllables, plans that share a territory or a document.

Count filtering of set similarity joins (Sarawagi, Kirpal, "Efficient set joins on similarity predicates", SIGMOD
2004), over pairs of syllables: of two phrases that score at least LIKELY, each shares at least two fifths of its
pairs with the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

from khparse.compare.facts import PlanFacts
from khparse.compare.phrases import Signature
from khparse.registry.jurisdictions import Jurisdiction, Level, jurisdiction_of

KEYS_VERSION = 2  # raised when phrases get other keys: what is filed under the old ones is filed anew
FULL = 1000  # phrases under one key from which on the key says nothing: "cơ sở", "thủ tục"


def block_keys(signature: Signature, kind: str = "") -> frozenset[int]:
    """The keys that a phrase is filed under: checksums of its pairs, of its syllables where it is very short.

    Figures must agree whatever else does: they are a part of every key.
    """
    pairs = signature.pairs
    features = pairs if len(pairs) >= _FEW else signature.features
    figures = crc32(" ".join((kind, *sorted(signature.numbers))).encode())
    return frozenset(crc32(feature.encode(), figures) for feature in features)


_FEW = 3


@dataclass(frozen=True, slots=True)
class Probe:
    """Under which keys the like of a phrase is filed, rarest first, and how many of them it must share."""

    keys: tuple[int, ...]
    shared: int


def probe(keys: Iterable[int], frequency: Callable[[int], int]) -> Probe:
    """Two phrases that score at least LIKELY share two fifths of their pairs; keys that are too common don't count."""
    own = sorted((frequency(k), k) for k in keys)
    rare = tuple(k for count, k in own if count <= FULL) or tuple(k for _, k in own[:1])
    return Probe(rare, max(least_shared(len(own)) - (len(own) - len(rare)), 1))


def least_shared(keys: int) -> int:
    """How many of so many keys the like of a phrase must share."""
    return -(-2 * (keys - 1) // 5) if keys >= _FEW else 1


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
    filed: list[str] = []
    looked: list[str] = []
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


def of_one_time(place: str) -> bool:
    """Whether only figures for one time can be at odds there: those of plans that have no more than a document in common."""
    return not place.startswith(("at ", "in "))


def home_of(plan: PlanFacts) -> Places:
    """Where plans of one territory meet and no others: only there are tasks and sums compared."""
    if not plan.issuer:
        return Places((), ())
    here = (f"at {_place(jurisdiction_of(plan.issuer, plan.province))}",)
    return Places(here, here)


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
