"""The clause grammar's patterns, compiled once from rules/targets.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from khparse.rules.load import Rule, RuleBook

Pattern = regex.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """What reading a line needs: the figure rules, and patterns over the words around a figure."""

    figures: tuple[Rule, ...]
    cell: Rule
    horizons: tuple[Rule, ...]
    none: tuple[Rule, ...]
    reached: tuple[Rule, ...]
    openers: Pattern  # the whole text is openers: "phấn đấu đạt"
    strong_opener: Pattern  # the last strong opener at a text's end
    level: Pattern  # level verbs at a text's end: "… đạt", "… xuống còn"
    change: Pattern  # a change verb at a text's end: "… giảm"
    bare_change: Pattern  # a change verb and nothing else
    late_bound: Pattern  # a bound parted from its figure: "… ít nhất vào năm 2025 đạt 40%"
    moving: Pattern  # "Giảm tỷ lệ …" at a text's start
    inner: Pattern  # the last place inside a subject where a measure begins: "… để nâng tỷ lệ"
    area: Pattern
    scale: Pattern  # a unit's measuring part, at its start: "triệu lượt khách" -> "lượt khách"
    strict: Pattern  # openers alone
    starts: Pattern  # a making verb at a text's start: "đào tạo 60 người"
    stop: Pattern  # what a tail's comma ends at
    measure: Pattern  # "tỷ lệ …" at a text's start
    predicate: Pattern
    tail: Pattern  # at a text's start
    flourish: Pattern
    whom: Pattern  # a topic that says of whom
    making: Pattern
    makes: Pattern  # a making verb at a text's end
    opens_work: Pattern  # the whole text is a making verb, its object's first word at most: "Mở", "Xây dựng mới"
    aim: Pattern
    situation: Pattern
    aims: Pattern
    money: Pattern
    tasks: Pattern  # a heading that leaves the aims: "Nhiệm vụ, giải pháp"
    ordinal: Pattern
    lead: Pattern  # openers and verbs alone
    create: Pattern  # "Triển khai một số …" at a text's start


@cache
def grammar(book: RuleBook) -> Grammar:
    """The patterns of this rule book."""
    word = r"(?!\p{L})"
    openers = r"[\s,:;.–+*-]*(?:(?:{opener}|{at_least})(?!\p{L})[\s,:]*)*+"
    return Grammar(
        figures=book.labelled("figure"),
        cell=book.by_id("figure.cell"),
        horizons=book.labelled("horizon"),
        none=book.labelled("none"),
        reached=book.labelled("reached"),
        openers=book.compile(openers),
        strong_opener=book.compile(
            rf"{{clear}}{{strong_opener}}{word}[\s,]*(?:(?:{{opener}}|{{at_least}}){word}[\s,]*)*+$"
        ),
        level=book.compile(rf"(?:[\s,]*{{clear}}(?:{{level_verb}}|trung bình|bình quân){word}){{1,4}}\s*$"),
        change=book.compile(
            r"{clear}(?P<verb>{change_verb})(?:\s(?:trung bình|bình quân|thêm|từ|hằng năm|hàng năm|mỗi năm|khoảng|đạt|mức|tối thiểu|ít nhất|trên)){0,3}\s*$"
        ),
        bare_change=book.compile(r"\s*{change_verb}\s*"),
        late_bound=book.compile(
            r"{clear}(?:(?P<ge>{at_least})|(?P<le>{at_most})|(?P<gt>trên)|(?P<lt>dưới))(?:\s+(?:đạt|phải đạt|là|còn|bằng))?\s*$"
        ),
        moving=book.compile(rf"\s*(?:{{opener}}{word}\s)?{{moving_verb}}{word}\s(?={{measure_noun}}{word})"),
        inner=book.compile(
            r"(?:[,.;]\s*|{clear}(?:{moving_verb}|{strong_opener}|để|dự báo)\s)(?=(?:tỷ lệ|tỉ lệ|tỷ trọng|tốc độ|tỷ suất|tỷ số|chỉ số|tổng số|quy mô|kim ngạch|thu nhập|độ (?:che|bao) phủ|diện tích|sản lượng|năng suất|mức độ)(?!\p{L}))"
        ),
        area=book.compile(r"{clear}{area}(?!\p{L})"),
        scale=book.compile(r"\s*{measure_unit}(?!\p{L})"),
        strict=book.compile(r"[\s,]*(?:(?:{opener}|tăng thêm|giảm thêm)(?!\p{L})[\s,]*)*+"),
        starts=book.compile(rf"\s*(?:{{opener}}{word}\s)?{{making}}{word}"),
        stop=book.compile(
            r"\s*(?:{opener}|{predicate}|{flourish}|{making}|{measure_noun}|{change_verb}|{level_verb}|{moving_verb})(?!\p{L})"
        ),
        measure=book.compile(rf"\s*(?:{{moving_verb}}{word}\s)?{{measure_noun}}{word}"),
        predicate=book.compile(rf"{{clear}}{{predicate}}{word}"),
        tail=book.compile(rf"[\s,]*(?:{{tail}}{word}|$|[.;,:])"),
        flourish=book.compile(rf"(?:[,;]\s*(?:{{flourish}})|\svà\s(?:tiến tới|hướng tới|từng bước)){word}.*$"),
        whom=book.compile(rf"[\s,+*–-]*{{whom}}{word}"),
        making=book.compile(rf"{{clear}}{{making}}{word}"),
        makes=book.compile(r"{clear}{making}\s*$"),
        opens_work=book.compile(r"[\s+*•,;.–-]*{making}(?:\s(?!{tail}(?!\p{L}))\p{L}+)?\s*"),
        aim=book.compile(rf"{{clear}}{{aim_word}}{word}"),
        situation=book.compile(
            rf"(?!{{aimed_result}})(?:{{report_opener}}{word}[\s,]+){{0,4}}(?:{{situation}}{word}|{{lack}}(?=\s*(?:[,:;.]|và\s|$)))"
        ),
        aims=book.compile(rf"{{clear}}{{aims}}{word}"),
        money=book.compile(rf"{{clear}}{{money_heading}}{word}"),
        tasks=book.compile(
            r"(?:các\s)?(?:nhiệm vụ|giải pháp|nội dung thực hiện|tổ chức thực hiện|kinh phí|phân công)(?!\p{L})"
        ),
        ordinal=book.compile(
            r"{clear}(?<!(?:nâng|cung|trợ|tổng|cơ|bổ|tạo|chi|mỗi|hằng|hàng|trong|cả|một|thêm|cùng)\s){ordinal}\s*$"
        ),
        lead=book.compile(
            r"[\s,]*(?:(?:{opener}|{making}|{change_verb}|{level_verb}|tổ chức|mỗi năm)(?!\p{L})[\s,]*)*+"
        ),
        create=book.compile(
            r"\s*(?:hình thành|hoàn thiện|triển khai(?: thống nhất)?|xây dựng|phát triển|thiết lập|vận hành|đưa vào sử dụng)\s(?:một\s(?!số))?(?=\p{L})"
        ),
    )
