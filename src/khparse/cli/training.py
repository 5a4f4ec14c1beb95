"""khparse train: the entity model from plans and their gold records, with its scores on plans left out."""

from __future__ import annotations

from pathlib import Path

import click

from khparse.errors import ExitCode
from khparse.extract.entities import NAME
from khparse.rules.kit import models_root
from khparse.service import training

_SELDOM_SURE = 0.89  # a name that only the model knows is shown as doubtful
_USUAL = (Path("corpus"), Path("tests/annotated"), Path("../shared/plans"))


@click.command()
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Nơi ghi mô hình; mặc định models/.")
@click.option("--measure/--no-measure", default=True, help="Chấm trên các kế hoạch để riêng (lâu hơn năm lần).")
def train(folders: tuple[Path, ...], out: Path | None, measure: bool) -> int:
    """Huấn luyện mô hình nhận tên cơ quan từ kế hoạch và bản ghi vàng (train the entity model).

    Mặc định học từ corpus, tests/annotated và ../shared/plans, nơi nào có. Không cần mạng; cùng dữ liệu thì cho cùng kết quả.
    """
    places = list(folders) or [place for place in _USUAL if place.is_dir()]
    materials = training.read_material(places, _tell)
    _tell(f"{len(materials)} kế hoạch, {sum(len(m.lines) for m in materials)} dòng")
    report = training.measure(materials, _tell) if measure else training.Report()
    model = training.learn(materials)
    trust = report.trust()
    if trust.found:
        model.confidence = min(round(trust.precision, 2), _SELDOM_SURE)
    folder = out or models_root() / NAME
    model.save(folder, training.card(materials, report))
    for who, evaluation in report.roles.items():
        lead, joining = (evaluation.scores[f"tasks.{role}"].f1 for role in ("lead", "coordinating"))
        click.echo(f"{who}: chủ trì {lead:.3f}, phối hợp {joining:.3f}")
    for who, score in report.names.items():
        click.echo(
            f"{who}: tên đúng từng chữ {score.f1:.3f} (chính xác {score.precision:.3f}, đầy đủ {score.recall:.3f})"
        )
    click.echo(f"đã ghi {folder}")
    return ExitCode.DONE


def _tell(line: str) -> None:
    click.echo(line, err=True)
