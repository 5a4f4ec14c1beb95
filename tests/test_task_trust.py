"""How sure a task is: what its words say of others and the record does not hold makes it less sure."""

from __future__ import annotations

from khparse.extract.tasks.draft import Draft
from khparse.extract.offices.names import Name
from khparse.extract.tasks.role_clauses import Roles
from khparse.extract.tasks.trust import trust
from khparse.model.document import Span
from khparse.rules.kit import Kit


def draft(words: str, *, partner: bool = False, rule: str = "task.office-item") -> Draft:
    whole = Span(0, len(words))
    roles = Roles(coordinating=(Name(Span(9, 16), "Sở Y tế", "Sở Y tế"),)) if partner else Roles()
    return Draft(whole, whole, roles, None, None, None, f"rule:{rule}", 0.95)


def test_a_task_that_speaks_of_nobody_else_is_as_sure_as_its_rule(kit: Kit) -> None:
    words = "Rà soát cơ sở vật chất."
    assert trust(words, draft(words), kit.tasks) == 0.95


def test_partners_in_running_text_are_less_sure_than_in_a_cell(kit: Kit) -> None:
    words = "Phối hợp Sở Y tế rà soát."
    sentence, cell = draft(words, partner=True), draft(words, partner=True, rule="task.table-row")
    assert trust(words, sentence, kit.tasks) < trust(words, cell, kit.tasks) < 0.95


def test_a_cue_of_partners_without_a_partner_is_doubtful(kit: Kit) -> None:
    words = "Phối hợp tổ chức hội thi."
    assert trust(words, draft(words), kit.tasks) == 0.8
