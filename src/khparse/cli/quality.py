"""Commands for those who write rules: evaluate, rules list, rules check, rules explain."""

from __future__ import annotations

from pathlib import Path

import click

from khparse.cli.output import Column, Row, console, format_option, show
from khparse.errors import ExitCode
from khparse.evaluation.baseline import changes, read_baseline, write_baseline
from khparse.evaluation.scores import BINS, Evaluation
from khparse.service import quality, questions

_PLANS = "Thư mục có các tệp kế hoạch; mặc định: cạnh thư mục bản ghi vàng."


@click.command()
@click.argument("gold_dir", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--plans", "plans_dir", type=click.Path(path_type=Path, file_okay=False, exists=True), help=_PLANS)
@click.option("--baseline", type=click.Path(path_type=Path), help="Tệp mức đã chốt; in phần tăng, giảm so với nó.")
@click.option("--agree", is_flag=True, help="Ghi mức hôm nay vào tệp --baseline.")
@click.option("--errors", "shown", default=5, show_default=True, help="Số lỗi in cho mỗi mục.")
@format_option
def evaluate(gold_dir: Path, plans_dir: Path | None, baseline: Path | None, agree: bool, shown: int, form: str) -> int:
    """Chấm kết quả trích xuất theo bản ghi vàng (score extraction against gold records)."""
    result = quality.evaluate(gold_dir, plans_dir or gold_dir.parent)
    show([_score_row(name, result) for name in sorted(result.scores)], _SCORE_COLUMNS, form, "mục")
    if form != "table":
        return ExitCode.DONE
    _show_errors(result, shown)
    _show_calibration(result)
    if not baseline:
        return ExitCode.DONE
    if agree:
        write_baseline(baseline, result.scores)
        return ExitCode.DONE
    moved = changes(read_baseline(baseline), result.scores)
    for change in moved:
        click.echo(f"{'GIẢM' if change.lost else 'tăng'} {change.name}: {change.before:.3f} → {change.after:.3f}")
    return ExitCode.SOME_FAILED if any(change.lost for change in moved) else ExitCode.DONE


@click.group()
def rules() -> None:
    """Các quy tắc: liệt kê, kiểm tra, giải thích (the rules)."""


@rules.command("list")
@format_option
def list_rules(form: str) -> None:
    """Mọi quy tắc, mỗi quy tắc một dòng (every rule)."""
    rows = [
        {"kind": kind, "id": rule.id, "confidence": rule.data.confidence, "why": rule.data.why}
        for kind, rule in quality.all_rules()
    ]
    columns = (
        Column("loại", lambda row: row["kind"]),
        Column("quy tắc", lambda row: row["id"]),
        Column("tin cậy", lambda row: row["confidence"], right=True),
        Column("vì sao có", lambda row: row["why"], ratio=1),
    )
    show(rows, columns, form, "quy tắc")


@rules.command("check")
def check_rules() -> int:
    """Chạy ví dụ và phản ví dụ của mọi quy tắc (every rule's own examples)."""
    wrong = quality.check_rules()
    for line in wrong:
        click.echo(line)
    click.echo(f"{len(quality.all_rules())} quy tắc, {len(wrong)} ví dụ sai")
    return ExitCode.SOME_FAILED if wrong else ExitCode.DONE


@rules.command("explain")
@click.argument("file", type=click.Path(path_type=Path))
@format_option
def explain(file: Path, form: str) -> None:
    """Quy tắc nào tạo ra bản ghi nào trong một kế hoạch, quy tắc nào không chạy (which rule made which record)."""
    made = quality.sources(questions.extract(file))
    rows: list[Row] = [{"source": source, "records": count} for source, count in made.most_common()]
    rows += [{"source": rule.source, "records": 0} for _, rule in quality.all_rules() if rule.source not in made]
    columns = (
        Column("nguồn", lambda row: row["source"], ratio=1),
        Column("bản ghi", lambda row: row["records"], right=True),
    )
    show(rows, columns, form, "nguồn")


_SCORE_COLUMNS = (
    Column("mục", lambda row: row["name"]),
    Column("đúng", lambda row: row["right"], right=True),
    Column("trích", lambda row: row["found"], right=True),
    Column("vàng", lambda row: row["gold"], right=True),
    Column("chính xác", lambda row: f"{row['precision']:.3f}", right=True),
    Column("đầy đủ", lambda row: f"{row['recall']:.3f}", right=True),
    Column("F1", lambda row: f"{row['f1']:.3f}", right=True),
)


def _score_row(name: str, result: Evaluation) -> Row:
    score = result.scores[name]
    return {
        "name": name,
        "right": score.right,
        "found": score.found,
        "gold": score.gold,
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
    }


def _show_errors(result: Evaluation, shown: int) -> None:
    for name, errors in sorted(result.errors.items(), key=lambda row: -len(row[1])):
        for error in errors[:shown]:
            console().print(f"[bold]{name}[/] {error.plan}: {error.what}", markup=True)
            for side, words in (("vàng", error.gold), ("trích", error.found)):
                if words:
                    console().print(f"  {side}: {words}", markup=False)


def _show_calibration(result: Evaluation) -> None:
    click.echo("Độ tin cậy: bản ghi ghi từ mức này trở lên đúng được bao nhiêu")
    for edge in BINS:
        score = result.calibration[edge]
        if score.found:
            click.echo(f"  từ {edge:.2f}: {score.right}/{score.found} đúng ({score.precision:.1%})")
    trusted = result.trusted()
    click.echo(f"  từ 0.90 trở lên: {trusted.right}/{trusted.found} đúng ({trusted.precision:.1%})")
