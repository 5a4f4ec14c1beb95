"""How a plan stands to a document that it names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

import regex

from khparse.extract.references.particulars import Mention
from khparse.model.plan import Plan
from khparse.model.record import Relation

_CUE = regex.compile(
    r"(?:^|(?<=[;.][ ])|(?<=^[-+•*][ ]))[ ]*(?:(?P<basis>Căn cứ|Xét|Theo|Trên cơ sở|Sau khi|Thống nhất|Được sự)|(?P<implements>Thực hiện|Triển khai|Thi hành|Tiếp tục (?:triển khai )?thực hiện|Hưởng ứng|Quán triệt|Tổ chức thực hiện|Để (?:tiếp tục )?(?:triển khai )?(?:thực hiện|tổ chức|cụ thể)|Nhằm (?:triển khai|thực hiện|cụ thể|tổ chức)|Cụ thể hóa))",
    regex.IGNORECASE,
)
_ISSUES = regex.compile(
    r"(?:ban hành|xây dựng|lập|đề ra|công bố)[^.;]{0,30}kế hoạch(?:[ ](?:triển khai|tổ chức|thực hiện|hành động|để|tiếp tục|việc|chi tiết)){1,4}[ ]$",
    regex.IGNORECASE,
)
_CHANGES = regex.compile(
    r"(?:(?P<replaces>thay thế)|(?P<repeals>bãi bỏ|hủy bỏ|huỷ bỏ)|(?P<amends>sửa đổi(?:, bổ sung)?|bổ sung|điều chỉnh))(?:[ ](?:một số|nội dung|các|cho|của|tại|điều|cập nhật|nhiệm vụ)){0,4}[ ]$",
    regex.IGNORECASE,
)
_OWN = regex.compile(r"kế hoạch này", regex.IGNORECASE)
_GROUNDS = regex.compile(r"căn cứ|cơ sở pháp lý|cơ sở (?:chính trị|xây dựng)", regex.IGNORECASE)
_ORDER = list(Relation)


class Titles:
    """The titles of a plan's mentions, to ask whether a place lies in one."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        nests = sorted(mention.nests for mention in mentions if mention.nests.start < mention.nests.end)
        self._starts = [nest.start for nest in nests]
        self._reach = list(accumulate((nest.end for nest in nests), max))

    def nest(self, mention: Mention) -> bool:
        """Whether a document is named inside another one's title."""
        start = mention.span.start
        before, upto = bisect_left(self._starts, start), bisect_right(self._starts, start)
        if before and self._reach[before - 1] > start:
            return True
        own = mention.nests.start == start < mention.nests.end
        return upto - before > own  # another title that begins with this naming


def relation_of(mention: Mention, titles: Titles, plan: Plan) -> Relation:
    """The relation that one mention shows: title and "Thực hiện …" -> implements, "Căn cứ …" -> basis, else cites."""
    start = mention.span.start
    if titles.nest(mention):
        return Relation.CITES
    head, preamble = plan.letterhead.head, plan.letterhead.preamble
    before = plan.document.text[max(_line_start(plan, start), start - 90) : start]
    if start < head.end and (cue := _opened(plan, start)) is Relation.BASIS:
        return cue  # in the decision that issues the plan
    if start < head.end:
        return _changed(before) or Relation.IMPLEMENTS
    if preamble.start <= start < preamble.end:
        return _opened(plan, start) or (Relation.IMPLEMENTS if _ISSUES.search(before) else Relation.CITES)
    if _OWN.search(before):
        return _changed(before) or Relation.CITES
    return Relation.BASIS if _under_grounds(plan, start) else Relation.CITES


def strongest(relations: Sequence[Relation]) -> Relation:
    """The strongest relation found over a document's mentions."""
    return min(relations, key=_ORDER.index)


def _line_start(plan: Plan, offset: int) -> int:
    return plan.document.text.rfind("\n", 0, offset) + 1


def _changed(before: str) -> Relation | None:
    found = _CHANGES.search(before)
    return Relation(str(found.lastgroup)) if found else None


def _opened(plan: Plan, start: int) -> Relation | None:
    """The nearest opening before the mention in its paragraph."""
    line = _line_start(plan, start)
    cues = list(_CUE.finditer(plan.document.text[line:start]))
    return Relation(str(cues[-1].lastgroup)) if cues else None


def _under_grounds(plan: Plan, start: int) -> bool:
    """Whether the mention stands under a heading "Căn cứ", "Cơ sở pháp lý"."""
    return any(
        section.span.start <= start < section.span.end
        and section.span.end > section.heading_span.end
        and len(section.heading) <= 80
        and _GROUNDS.search(section.heading)
        for section in plan.sections
    )
