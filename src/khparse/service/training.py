"""Training the entity model: plans and gold records to weights, and scores on plans left out whole.

Plans of one province are left out together, with every name of `models/names.txt` that they hold. What the rules would
be without having seen a plan is measured too: words of their lists that stand in no other plan are taken away.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import regex

from khparse.errors import InputError, KhparseError
from khparse.evaluation.alignment import Likeness
from khparse.evaluation.scores import Evaluation, Score
from khparse.evaluation.silver import labelled_lines, lesson
from khparse.extract.entities import OFFICE, Labelled, Recogniser, load, train, underthesea_names
from khparse.extract.offices.names import OfficeNames
from khparse.model.document import Span
from khparse.pipeline import process
from khparse.rules.kit import Kit, load_kit, models_root
from khparse.service.files import read_file

FOLDS = 5
_FORMS = (".txt", ".md", ".docx")
_LISTS = ("heads", "fields", "inner", "ranks", "kinds", "lone_heads", "open_heads", "persons", "chain", "pairs")
_ROLES = ("tasks.lead", "tasks.coordinating")
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Material:
    """One plan to learn from or to be measured on."""

    name: str
    data: bytes
    text: str
    province: str
    gold: Mapping[str, Any] | None
    lines: tuple[Labelled, ...]

    def gold_names(self) -> list[str]:
        """The offices of its gold tasks, as written."""
        return _gold_names(self.gold)


@dataclass(slots=True)
class Report:
    """Scores on plans left out. `names`: exact finds of the gold names; `roles`: who leads and joins in, whole tasks."""

    names: dict[str, Score] = field(default_factory=dict)
    roles: dict[str, Evaluation] = field(default_factory=dict)

    def add(self, who: str, score: Score) -> None:
        """More counts of one reader of names."""
        self.names[who] = self.names.get(who, Score(0, 0, 0)) + score

    def trust(self) -> Score:
        """How often tasks with a name that the model read were wholly right."""
        return sum((e.calibration[0.0] for who, e in self.roles.items() if "mô hình" in who), Score(0, 0, 0))


def read_material(folders: Sequence[Path], tell: Tell) -> list[Material]:
    """The plans below the folders, each once; gold records NAME.json stand beside them or in a folder `gold` near by."""
    kit = replace(load_kit(), model=None)  # the model does not teach itself
    found: dict[tuple[str | None, ...], Material] = {}
    for folder in folders:
        for path in _plan_files(folder):
            try:
                result = process(read_file(path), kit)
            except KhparseError as error:
                tell(f"bỏ qua {path.name}: {error}")
                continue
            particulars = result.extraction.document
            identity = (particulars.issuer, particulars.number, particulars.date)
            if identity in found:
                continue
            gold = _gold_of(path, folder)
            offices = OfficeNames.of(kit.offices)
            lines = labelled_lines(result.document.text, result.extraction, offices, _gold_names(gold))
            province = particulars.province or particulars.issuer or path.stem
            found[identity] = Material(path.stem, path.read_bytes(), result.document.text, province, gold, tuple(lines))
    if not found:
        raise InputError("không có kế hoạch nào để học", "cho biết thư mục có tệp .txt, .md hoặc .docx")
    return sorted(found.values(), key=lambda m: m.name)


def _plan_files(folder: Path) -> Iterator[Path]:
    """Each plan in the plainest of its forms."""
    paths = sorted(
        (path for path in folder.rglob("*") if path.suffix in _FORMS and path.stem != "README"),
        key=lambda path: (path.stem, _FORMS.index(path.suffix)),
    )
    seen: set[str] = set()
    for path in paths:
        if path.stem not in seen:
            seen.add(path.stem)
            yield path


def _gold_of(path: Path, folder: Path) -> Mapping[str, Any] | None:
    for place in (path.parent, folder / "gold", folder.parent / "gold"):
        file = place / f"{path.stem}.json"
        if file.is_file():
            gold: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            return gold
    return None


def _gold_names(gold: Mapping[str, Any] | None) -> list[str]:
    tasks = (gold or {}).get("tasks", [])
    return [office["text"] for task in tasks for office in (*task["lead"], *task["coordinating"])]


def substitute_names(materials: Sequence[Material] = ()) -> list[str]:
    """The names of models/names.txt that none of these plans holds."""
    lines = (models_root() / "names.txt").read_text(encoding="utf-8").splitlines()
    names = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return [name for name in names if not any(name in material.text for material in materials)]


def learn(materials: Sequence[Material], left_out: Sequence[Material] = ()) -> Recogniser:
    """A model of these plans without those left out."""
    lines = [line for material in materials if material not in left_out for line in material.lines]
    return train(lesson(lines, substitute_names(left_out)))


def measure(materials: Sequence[Material], tell: Tell) -> Report:
    """Scores on each plan with a gold record, by models that saw no plan of its province."""
    provinces = sorted({material.province for material in materials})
    report = Report()
    for fold in range(FOLDS):
        left_out = [m for m in materials if provinces.index(m.province) % FOLDS == fold]
        with TemporaryDirectory() as folder:
            learn(materials, left_out).save(Path(folder), {})
            for material in left_out:
                if material.gold:
                    _score(material, materials, Path(folder), report)
        tell(f"phần {fold + 1}/{FOLDS}: {len(left_out)} kế hoạch để riêng")
    return report


def _score(material: Material, materials: Sequence[Material], model: Path, report: Report) -> None:
    kit = replace(load_kit(), model=None)
    unseen = _without_own_words(kit, material, materials)
    likeness = Likeness(kit.naming)
    gold = {"document": {}, "tasks": (material.gold or {}).get("tasks", [])}
    for words, one in (("quy tắc", kit), ("quy tắc thiếu từ riêng", unseen)):
        for who, asked in ((words, one), (f"{words} + mô hình", replace(one, model=model))):
            tasks = [task.model_dump(mode="json") for task in process(material.data, asked).extraction.tasks]
            report.roles.setdefault(who, Evaluation()).add(material.name, gold, {"tasks": tasks}, likeness)
    readers: dict[str, Callable[[str], list[Span]]] = {
        "quy tắc thiếu từ riêng": lambda text: _of_rules(text, OfficeNames.of(unseen.offices)),
        "mô hình": lambda text: [e.span for e in load(model).find(text) if e.label == OFFICE],
        "quy tắc thiếu từ riêng + mô hình": lambda text: _of_both(text, OfficeNames.of(unseen.offices, model), model),
        "underthesea NER": underthesea_names,
    }
    for who, reader in readers.items():
        report.add(who, _exact(material, reader))


def _of_rules(text: str, offices: OfficeNames) -> list[Span]:
    return [name.span for names in offices.mentions(text, 0, len(text)) for name in names]


def _of_both(text: str, offices: OfficeNames, model: Path) -> list[Span]:
    """The rules' names, and of the model's those where the rules see nothing."""
    known = _of_rules(text, offices)
    more = [e.span for e in load(model).find(text) if e.label == OFFICE]
    return [*known, *(m for m in more if not any(m.start < k.end and k.start < m.end for k in known))]


def _exact(material: Material, reader: Callable[[str], list[Span]]) -> Score:
    """Exact finds of the names that the gold record writes, in the lines where it does."""
    names = sorted({name for name in material.gold_names() if len(name.split()) > 1 and name[0].isupper()})
    if not names:
        return Score(0, 0, 0)
    pattern = regex.compile(r"(?<!\p{L})\L<names>(?!\p{L})", names=names)
    score = Score(0, 0, 0)
    for line in dict.fromkeys(line.text for line in material.lines):
        wanted = {Span(*match.span()) for match in pattern.finditer(line)}
        if wanted:
            found = set(reader(line))
            score += Score(len(wanted & found), len(found), len(wanted))
    return score


def _without_own_words(kit: Kit, material: Material, materials: Sequence[Material]) -> Kit:
    """The kit as it would be had nobody seen the plans of this province: words that stand in no other plan are gone."""
    texts = tuple((m.province, m.text) for m in materials)
    terms = dict(kit.offices.terms)
    for name in _LISTS:
        terms[name] = tuple(w for w in terms.get(name, ()) if _provinces_with(w, texts) != {material.province})
    return replace(kit, offices=replace(kit.offices, terms=terms))


@cache
def _provinces_with(word: str, texts: tuple[tuple[str, str], ...]) -> set[str]:
    """The provinces in whose plans a word stands."""
    stands = regex.compile(rf"(?<!\p{{L}}){regex.escape(word)}(?!\p{{L}})")
    return {province for province, text in texts if word in text and stands.search(text)}


def card(materials: Sequence[Material], report: Report) -> dict[str, Any]:
    """What models/khparse-ner/meta.json says besides the name: data, scores, how far the model is to be trusted."""
    return {
        "plans": [material.name for material in materials],
        "plans_with_gold": sum(material.gold is not None for material in materials),
        "lines": sum(len(material.lines) for material in materials),
        "names": sum(len(line.entities) for material in materials for line in material.lines),
        "found_exactly": {who: _figures(score) for who, score in report.names.items()},
        "roles": {
            who: {name: round(evaluation.scores[name].f1, 4) for name in (*_ROLES, "tasks", "tasks.strict")}
            for who, evaluation in report.roles.items()
        },
        "by_model": {"right": report.trust().right, "found": report.trust().found},
    }


def _figures(score: Score) -> dict[str, float]:
    return {"precision": round(score.precision, 4), "recall": round(score.recall, 4), "f1": round(score.f1, 4)}
