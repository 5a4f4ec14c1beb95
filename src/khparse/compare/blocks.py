"""What can meet at all: phrases that share rare pairs of syllables, plans that share a territory or a document.

Prefix filtering of set similarity joins (Chaudhuri, Ganti, Kaushik, "A primitive operator for similarity joins",
ICDE 2006), over pairs of syllables: of two phrases that score at least LIKELY, each shares about a third of its pairs
with the other, so it is enough to look under all but that many of the commonest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from khparse.compare.facts import PlanFacts
from khparse.compare.matching import LIKELY, Signature, likeness
from khparse.registry.jurisdictions import Jurisdiction, Level, jurisdiction_of

KEYS_VERSION = 1  # raised when phrases get other keys: what is filed under the old ones is filed anew
FULL = 400  # phrases under one key from which on the key says nothing: "cơ sở", "thủ tục"


def block_keys(signature: Signature) -> frozenset[int]:
    """The keys that a phrase is filed under: checksums of its pairs, of its syllables where it is very short."""
    features = signature.pairs if len(signature.pairs) >= _FEW else signature.pairs | signature.syllables
    return frozenset(crc32(feature.encode()) for feature in features)


_FEW = 3


def probe_keys(keys: Iterable[int], frequency: Callable[[int], int]) -> list[int]:
    """The keys under which whatever is like a phrase must be filed, rarest first."""
    ordered = sorted(keys, key=lambda k: (frequency(k), k))
    shared = -(-(len(ordered) - 1) // 3)  # pairs that a phrase with a score of at least 0.5 shares
    kept = ordered[: len(ordered) - shared + 1] if len(ordered) >= _FEW else ordered
    rare = [k for k in kept if frequency(k) <= FULL]
    return rare or kept[:1]


def may_match(a: Signature, b: Signature) -> bool:
    """Whether two phrases can be the same thing, whatever the headings above them say."""
    if a.numbers != b.numbers:
        return False
    common, either = likeness(a, b)
    if either == 0 or common < LIKELY * either:
        return False
    shared = a.members.keys() & b.members.keys()
    return all(a.members[group] & b.members[group] for group in shared)


def alike(signatures: Mapping[str, Signature]) -> dict[str, list[str]]:
    """Each phrase with those that may be the same thing, itself first."""
    keys = {phrase: block_keys(signature) for phrase, signature in signatures.items()}
    frequency = Counter(k for own in keys.values() for k in own)
    found = {phrase: [phrase] for phrase in signatures}
    blocks: dict[int, list[str]] = defaultdict(list)
    for phrase, signature in signatures.items():
        probes = probe_keys(keys[phrase], frequency.__getitem__)
        for other in dict.fromkeys(other for k in probes for other in blocks[k]):
            if may_match(signature, signatures[other]):
                found[phrase].append(other)
                found[other].append(phrase)
        for k in probes:  # both sides order their keys alike: what they share is among both's probes
            blocks[k].append(phrase)
    return found


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
