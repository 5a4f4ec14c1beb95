"""Shards into a database: the same rows as `khparse ingest` of the same files, in the same order."""

from __future__ import annotations

from khparse.errors import InputError
from khparse.service.ingest import FileReport, IngestReport, OnFile, Status, finish, take_in
from khparse.shards.folder import Answers, shards_at
from khparse.shards.objects import Input
from khparse.store.database import Database
from khparse.store.save import FileFacts, is_known


def load_shards(database: Database, place: str, on_file: OnFile = lambda _file, _total: None) -> IngestReport:
    """All that was read into the shards at `place`, into the database; what is already there is left as it is.

    Raises InputError where there are no shards, StoreError where the database fails: what was written before stays.
    """
    shards = shards_at(place)
    inputs = shards.inputs()
    answers = shards.answers()
    reports = []
    for one, any_document in inputs:
        report = _take_in(database, one, answers, any_document=any_document)
        reports.append(report)
        on_file(report, len(inputs))
    return finish(database, reports)


def _take_in(database: Database, one: Input, answers: Answers, *, any_document: bool) -> FileReport:
    if one.sha256 is None:
        return FileReport(one.path, Status.FAILED, why=str(one.error))
    if is_known(database, one.sha256, one.path):
        return FileReport(one.path, Status.UNCHANGED)
    answer = answers.get(one.sha256, any_document=any_document) or InputError(
        "chưa được đọc bằng phiên bản này", "hãy chạy lại khparse shard"
    )
    return take_in(database, one.path, FileFacts(one.path, one.name, one.size), answer)
