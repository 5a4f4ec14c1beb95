"""How good extraction is, and which rule did what: for those who write rules."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from khparse.errors import InputError, KhparseError
from khparse.evaluation.alignment import Likeness
from khparse.evaluation.scores import Error, Evaluation
from khparse.model.record import Extraction
from khparse.pipeline import process
from khparse.rules.kit import load_kit
from khparse.rules.load import Rule, load, rules_root
from khparse.service.files import read_file

FORMS = (".txt", ".md", ".docx", ".pdf", ".doc", ".htm", ".html")  # a plan in several forms is read in the first


def evaluate(gold_dir: Path, plans_dir: Path, on_plan: Callable[[str], None] | None = None) -> Evaluation:
    """Extract each plan that has a gold record NAME.json and score it. A plan that can't be read scores nothing.

    Raises InputError where the folder holds no gold records.
    """
    gold_files = sorted(gold_dir.glob("*.json"))
    if not gold_files:
        raise InputError(
            f"{gold_dir}: không có bản ghi vàng (*.json)", "chọn thư mục có tệp TÊN.json cho từng kế hoạch"
        )
    kit, evaluation = load_kit(), Evaluation()
    likeness = Likeness(kit.naming)
    for gold_file in gold_files:
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        try:
            found = process(read_file(plan_file(plans_dir, gold_file.stem)), kit).extraction.model_dump(mode="json")
        except KhparseError as error:
            evaluation.errors["files"].append(Error(gold_file.stem, "unread", "", str(error)))
            found = {}
        evaluation.add(gold_file.stem, gold, found, likeness)
        if on_plan:
            on_plan(gold_file.stem)
    return evaluation


def plan_file(plans_dir: Path, name: str) -> Path:
    """The plan of that name in the folder or below it, in the plainest of its forms."""
    found = [path for form in FORMS for path in sorted(plans_dir.rglob(f"{name}{form}"))]
    if not found:
        raise InputError(f"{name}: không thấy tệp kế hoạch trong {plans_dir}", "đặt tệp cùng tên với bản ghi vàng")
    return found[0]


def all_rules() -> list[tuple[str, Rule]]:
    """Every rule with the kind of fact it reads, in the files' order."""
    return [(path.stem, rule) for path in sorted(rules_root().glob("*.toml")) for rule in load(path.stem).rules]


def check_rules() -> list[str]:
    """What is wrong with the rules' own examples, a line for each; empty where all hold."""
    wrong = []
    for _, rule in all_rules():
        for example in rule.data.examples:
            found = [match.group() for match in rule.finditer(example.text)]
            if found != [example.span]:
                wrong.append(f"{rule.id}: {example.text!r} cho {found}, cần [{example.span!r}]")
        wrong.extend(
            f"{rule.id}: không được khớp {text!r}" for text in rule.data.counter_examples if list(rule.finditer(text))
        )
    return wrong


def sources(extraction: Extraction) -> Counter[str]:
    """How many records of one plan each rule or model made: {"rule:deadline.before-date": 3, …}."""
    records = [
        *extraction.references,
        *extraction.targets,
        *extraction.tasks,
        *extraction.budgets,
        *extraction.findings,
    ]
    return Counter(record.source for record in records)
