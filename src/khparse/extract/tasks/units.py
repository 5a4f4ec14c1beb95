"""The walk over the body: which unit is a task, which its content, and which offices stand above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import regex

from khparse.extract.tasks.attributes import read_line, read_lines
from khparse.extract.tasks.blocks import Block, blocks_of, is_work, task_of_block
from khparse.extract.tasks.deadlines import Deadlines
from khparse.extract.tasks.draft import Draft, first_sentence
from khparse.extract.tasks.outline import Theme, Themes, Unit
from khparse.extract.tasks.role_clauses import Roles
from khparse.extract.tasks.roles import RoleReader
from khparse.model.document import Span
from khparse.model.plan import SectionKind
from khparse.rules.load import RuleBook

_NOBODY = Roles()
# "Ngân sách huyện: 12.750 triệu đồng" says where money comes from, not what is done
_SOURCE_OF_MONEY = regex.compile(
    r"[\s\-–+•*]*(?:Ngân sách|Vốn|Nguồn|Kinh phí|Quỹ|NSTW|NSNN|NSĐP|Tín dụng|Doanh nghiệp|Nhân dân|Dân|Xã hội hóa|Huy động|Đóng góp)(?!\p{L})"
    r"[^:;]{0,80}:\s*[\d.,]+\s*(?:nghìn|ngàn|triệu|tỷ|tỉ)?\s*đồng[.;,]?\s*(?:\([^()]*\)[.;]?)?$"
)


@dataclass(slots=True)
class TaskWalk:
    """One plan's walk; `drafts` grows in reading order."""

    text: str
    book: RuleBook
    reader: RoleReader
    deadlines: Deadlines
    drafts: list[Draft] = field(default_factory=list)
    themes: Themes = field(init=False)
    closing: regex.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        self.themes = Themes(self.book)
        self.closing = self.book.any_of("closing")

    def run(self, roots: Sequence[Unit]) -> list[Draft]:
        """The tasks of the whole body."""
        for root in roots:
            self._prune(root)
            appendix = root.section is not None and root.section.kind is SectionKind.APPENDIX
            self._section(root, Theme.NONE if appendix else Theme.WORK, _NOBODY, top=True)
        return self.drafts

    def _prune(self, unit: Unit) -> None:
        """Closing words stand behind the last section, not in it."""
        unit.children[:] = [c for c in unit.children if c.section or not self.closing.match(c.span.of(self.text))]
        for child in unit.children:
            self._prune(child)

    def _section(self, unit: Unit, theme: Theme, above: Roles, *, top: bool) -> None:
        heading = unit.span.of(self.text)
        own = self.themes.of_heading(heading, top=top, has_parts=bool(unit.children))
        # among aims "Hoạt động thiết thực" is one more aim; only a heading of work with parts of its own leaves them
        stays = theme is Theme.AIM and (not unit.children or own is Theme.PARTICULAR)
        theme = theme if stays else own or theme
        offices, pure = self._heading(unit, theme)
        above = offices if pure else above
        if theme.sets_work or pure:
            self._content(unit, theme, above, pure=pure)
            return
        if theme is Theme.PARTICULAR:
            self._named(unit)
        for child in unit.subsections:
            self._section(child, theme, above, top=_is_container(unit) and top)

    def _heading(self, unit: Unit, theme: Theme) -> tuple[Roles, bool]:
        if theme in {Theme.AIM, Theme.FUNDING, Theme.PARTICULAR, Theme.NONE}:
            return _NOBODY, False
        roles, pure = self.reader.heading_offices(
            self.text, unit.span, expected=theme is Theme.ASSIGNING, over_items=bool(unit.children)
        )
        if pure and not unit.children and _is_drawn(roles):
            return _NOBODY, False
        # "Doanh nghiệp số" heads a field of work, not an office, unless work is being assigned
        thematic = theme is Theme.WORK and all(self.reader.is_kind(name) for name in roles.lead)
        return (_NOBODY, False) if thematic else (roles, pure)

    def _content(self, unit: Unit, theme: Theme, above: Roles, *, pure: bool) -> None:
        """The unit's own items as tasks, then its numbered parts."""
        particulars = self._particulars(unit)
        lines = read_lines(self.text, [unit, *unit.flat_items(), *particulars], self.book)
        blocks = blocks_of([line for line in lines if not line.stands_alone])
        if any(map(is_work, blocks)):
            self.drafts += [task_of_block(self, unit, block, above) for block in blocks if is_work(block)]
            if not particulars:
                self._parts(unit, theme, above)
            return
        if not unit.children and not pure:
            self._leaf(unit, above)
            return
        above = self._items(unit, theme, above, owned=bool(above.lead))
        self._parts(unit, theme, above)

    def _particulars(self, unit: Unit) -> list[Unit]:
        """Lettered parts that are attribute lines of the unit itself: "a) Nội dung: …", "b) Đơn vị thực hiện: …"."""
        parts = unit.subsections
        labelled = sum(read_line(self.text, part, self.book).is_labelled for part in parts)
        if labelled < 2 or labelled < len(parts) - 1:
            return []
        return [line for part in parts for line in (part, *part.flat_items())]

    def _parts(self, unit: Unit, theme: Theme, above: Roles) -> None:
        for child in unit.subsections:
            if above.lead and not self._is_opened(child):
                self._owned_part(child, theme, above)
            else:
                self._section(child, theme, above, top=False)

    def _is_opened(self, unit: Unit) -> bool:
        """Whether a numbered part under an office is a heading of more parts rather than one piece of work."""
        heading = unit.span.of(self.text)
        if self.themes.of_heading(heading, top=False) or self._heading(unit, Theme.WORK)[1]:
            return True
        return bool(unit.children) and (bool(unit.subsections) or heading.rstrip().endswith(":") or len(heading) < 70)

    def _owned_part(self, unit: Unit, theme: Theme, above: Roles) -> None:
        blocks = blocks_of(read_lines(self.text, [unit, *unit.flat_items()], self.book))
        if any(map(is_work, blocks)):
            self._content(unit, theme, above, pure=False)
        else:
            self._task(unit, unit.span, above)

    def _items(self, unit: Unit, theme: Theme, above: Roles, *, owned: bool) -> Roles:
        """Bullets as tasks; paragraphs where there are no bullets and no numbered parts. Returns who is above the rest."""
        bullets = any(item.depth for item in unit.items)
        for index, item in enumerate(unit.items):
            if self._leads_in(unit, index):
                above = self._lead_in_roles(item, above)
            elif item.depth:
                self._bullet(item, theme, above)
            elif bullets and index and unit.items[index - 1].depth:
                self._complete(item)
            elif not bullets and not unit.subsections:
                self._paragraph(item, theme, above, owned=owned)
        if not owned and not bullets and not unit.subsections:
            self._worded(unit, above)
        return above

    def _complete(self, item: Unit) -> None:
        """A line "Thời gian thực hiện: …" below a bullet says when that bullet is due, where it does not say so itself."""
        line = read_line(self.text, item, self.book)
        values = [value for a in line.attributes if a.meaning == "due" for value in a.values]
        due = self.deadlines.of_value(values[0].of(self.text)) if values and self.drafts else None
        if due and self.drafts[-1].due is None and self.drafts[-1].quote.end <= item.span.start:
            self.drafts[-1] = replace(self.drafts[-1], due=due.due)

    def _named(self, unit: Unit) -> None:
        """Among an event's particulars only what names its doer is work: "Tổ kiểm phiếu thực hiện …"."""
        for item in unit.items:
            if self.reader.of_sentence(self.text, item.span, _NOBODY).own:
                self._task(item, item.span, _NOBODY)

    def _leads_in(self, unit: Unit, index: int) -> bool:
        """Reads "… thực hiện các công việc sau:" before bullets or numbered parts; "- Sở Y tế:" before its own."""
        item = unit.items[index]
        words = item.span.of(self.text).rstrip()
        follows = unit.items[index + 1 :] or unit.subsections
        return item.depth == 0 and bool(follows) and words.endswith((":", "như sau", "sau"))

    def _lead_in_roles(self, item: Unit, above: Roles) -> Roles:
        offices, pure = self.reader.heading_offices(self.text, item.span)
        if pure:
            return offices
        roles = self.reader.of_sentence(self.text, item.span, above)
        return roles if roles.own else above

    def _bullet(self, item: Unit, theme: Theme, above: Roles) -> None:
        """A bullet is a task; one that only opens a list, or outside an office's heading any with bullets in it, is not."""
        offices, pure = self.reader.heading_offices(self.text, item.span)
        if pure and item.children:
            for child in item.children:
                self._bullet(child, theme, offices)
            return
        opens = item.span.of(self.text).rstrip().endswith(":")
        if item.children and (opens or not above.lead):
            for child in item.children:
                self._bullet(child, theme, above)
            return
        if not pure or _is_drawn(offices):
            self._task(item, item.span, above)

    def _paragraph(self, item: Unit, theme: Theme, above: Roles, *, owned: bool) -> None:
        """Plain words: a task under an office's heading, or where they name their doer."""
        roles = self.reader.of_sentence(self.text, item.span, above)
        if owned or (roles.own and theme is Theme.ASSIGNING):
            self._task(item, item.span, above)

    def _worded(self, unit: Unit, above: Roles) -> None:
        """A numbered unit with nothing but paragraphs is itself the item of work, if its heading sets one."""
        if any(draft.section == unit.path for draft in self.drafts[-len(unit.items) or None :]):
            return
        if unit.section is None or unit.section.level == 1:
            return
        worded = self._sets_work(unit.span) or any(self._sets_work(item.span) for item in unit.items)
        if worded and not self._is_no_work(unit):
            self._task(unit, unit.span, above, body=[item.span for item in unit.items])

    def _leaf(self, unit: Unit, above: Roles) -> None:
        heading = unit.span.of(self.text)
        if self.closing.match(heading) or self._is_no_work(unit) or unit.section is None:
            return
        if read_lines(self.text, [unit], self.book)[0].is_labelled:
            return
        if unit.section.level > 1 or self._sets_work(unit.span):
            self._task(unit, unit.span, above)

    def _is_no_work(self, unit: Unit) -> bool:
        theme = self.themes.of_heading(unit.span.of(self.text), top=False)
        return theme is not None and not theme.sets_work

    def _sets_work(self, span: Span) -> bool:
        """Whether the words begin with a verb of work: "Tổ chức …", not "Nội dung kiểm tra"."""
        words = span.of(self.text)
        return self.reader.offices.is_work_word(words[:1].lower() + words[1:])

    def _task(self, unit: Unit, span: Span, above: Roles, body: Sequence[Span] = ()) -> None:
        """One task; what its heading leaves open the paragraphs of its body may say."""
        line = read_line(self.text, unit, self.book)
        if _SOURCE_OF_MONEY.match(span.of(self.text)):
            return
        if line.stands_alone:
            block = Block((line,), line.attributes, line.content)
            self.drafts.append(task_of_block(self, unit, block, above))
            return
        due = next(filter(None, (self.deadlines.of_sentence(s.of(self.text)) for s in (span, *body))), None)
        read = [self.reader.of_sentence(self.text, s, above) for s in (span, *body)]
        roles = next((r for r in read if r.own), next((r for r in read if r.coordinating), read[0]))
        rule = "task.office-item" if above.lead else "task.own-doer" if roles.own else "task.leaf"
        self.drafts.append(
            Draft(
                title=first_sentence(self.text, span),
                quote=body[0] if body else span,
                roles=roles,
                due=due.due if due else None,
                deliverable=None,
                section=unit.path,
                source=f"rule:{rule}",
                confidence={"task.office-item": 0.93, "task.own-doer": 0.85, "task.leaf": 0.8}[rule],
            )
        )


def _is_drawn(offices: Roles) -> bool:
    """Whether only the model says that an item is a name and no sentence: it may have drawn the name over its verb."""
    return any(name.by_model for name in offices.named)


def _is_container(unit: Unit) -> bool:
    return unit.section is not None and unit.section.kind in {
        SectionKind.PART,
        SectionKind.CHAPTER,
        SectionKind.CAPITAL,
    }
