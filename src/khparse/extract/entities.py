"""Names of offices and persons that the rules don't know: a small trained model behind one interface.

The one place of spaCy, which is imported when a doubt first occurs: most plans never load it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex

from khparse.errors import InputError
from khparse.model.document import Span
from khparse.text.fold import key

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

NAME = "khparse-ner"
VERSION = 2
SOURCE = f"model:{NAME}@{VERSION}"
OFFICE = "ORG_OFFICE"
PERSON = "PERSON"

_REMEMBERED = 64  # lines
_TOKEN = regex.compile(r"[\p{L}\p{M}]+|\p{N}+|\s|.", regex.DOTALL)
_NER = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": 64,
                "attrs": ["NORM", "SUFFIX", "SHAPE"],
                "rows": [2500, 800, 300],
                "include_static_vectors": False,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": 64,
                "depth": 2,
                "window_size": 1,
                "maxout_pieces": 3,
            },
        },
    }
}


@dataclass(frozen=True, slots=True)
class Entity:
    """A name in a text: `text[span.start:span.end]`; `label` is ORG_OFFICE or PERSON."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line of a plan with its names, to learn from or to be measured on; spans count in `text`."""

    text: str
    entities: tuple[Entity, ...]


def syllables(text: str) -> list[tuple[str, bool]]:
    """Tokens with whether a blank follows: "Sở GD&ĐT, 2025" -> Sở_ GD & ĐT ,_ 2025. Joined they are the text again."""
    tokens: list[tuple[str, bool]] = []
    for match in _TOKEN.finditer(text):
        if match.group() == " " and tokens and not tokens[-1][1]:
            tokens[-1] = (tokens[-1][0], True)
        else:
            tokens.append((match.group(), False))
    return tokens


class SyllableTokenizer:
    """What spaCy calls to cut a text: syllables, digits and marks, each at its offset."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """A text as spaCy's document; its own text is the same string."""
        from spacy.tokens import Doc

        tokens = syllables(text)
        return Doc(self.vocab, words=[word for word, _ in tokens], spaces=[blank for _, blank in tokens])


class Recogniser:
    """Finds names in a line of text by what stands in them and around them."""

    def __init__(self, nlp: Language, confidence: float = 0.5) -> None:
        self._nlp = nlp
        self._read: dict[str, tuple[Entity, ...]] = {}  # one line is often asked about twice
        self.confidence = (
            confidence  # how often a name found where the rules were in doubt was right, on plans left out
        )

    def find(self, text: str) -> tuple[Entity, ...]:
        """The names in a line, left to right: "Cảng vụ Quy Nhơn chủ trì" -> (0, 16) ORG_OFFICE."""
        if text not in self._read:
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            self._read[text] = tuple(Entity(Span(e.start_char, e.end_char), e.label_) for e in self._nlp(text).ents)
        return self._read[text]

    def save(self, folder: Path, card: dict[str, Any]) -> None:
        """Weights and `meta.json`. No words of the plans are kept: the model knows them by hash alone."""
        folder.mkdir(parents=True, exist_ok=True)
        self._nlp.get_pipe("ner").to_disk(folder / "ner", exclude=["vocab"])
        meta = {"name": NAME, "version": VERSION, "confidence": self.confidence, **card}
        (folder / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _blank() -> Language:
    """An untrained pipeline: tokens and names, nothing else."""
    import spacy
    from spacy.attrs import NORM

    nlp = spacy.blank("xx")
    nlp.vocab.lex_attr_getters[NORM] = key  # "Uỷ" and "Ủy" are one
    nlp.tokenizer = SyllableTokenizer(nlp.vocab)
    nlp.add_pipe("ner", config=_NER)
    return nlp


def train(lines: Sequence[Labelled], *, seed: int = 7, epochs: int = 6) -> Recogniser:
    """A model that has learned from these lines; the same lines and seed give the same weights."""
    from spacy.training import Example
    from spacy.util import fix_random_seed, minibatch

    fix_random_seed(seed)
    nlp = _blank()
    examples = [
        Example.from_dict(
            nlp.make_doc(line.text), {"entities": [(e.span.start, e.span.end, e.label) for e in line.entities]}
        )
        for line in lines
    ]
    optimizer = nlp.initialize(lambda: examples)
    order = random.Random(seed)  # noqa: S311 (an order of lines, no secret)
    for _ in range(epochs):
        order.shuffle(examples)
        for batch in minibatch(examples, 32):
            nlp.update(batch, sgd=optimizer, drop=0.2)
    return Recogniser(nlp)


@cache
def load(folder: Path) -> Recogniser:
    """A trained model from its folder, once in a process. Raises InputError where it is missing or damaged."""
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        nlp = _blank()
        nlp.get_pipe("ner").from_disk(folder / "ner", exclude=["vocab"])
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{folder}: không đọc được mô hình ({error})", "chạy lại `khparse train`") from error
    return Recogniser(nlp, meta["confidence"])


def underthesea_names(text: str) -> list[Span]:
    """What underthesea's general model finds in a line, whatever it takes it for: the baseline of the model's card."""
    from underthesea import ner

    found: list[Span] = []
    at = 0
    for word, _, _, tag in ner(text):
        start = text.find(word, at)
        if start < 0:  # a word that it rewrote has no place in the text
            continue
        at = start + len(word)
        if tag.startswith("I-") and found:
            found[-1] = Span(found[-1].start, at)
        elif tag != "O":
            found.append(Span(start, at))
    return found
