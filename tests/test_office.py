"""LibreOffice as a converter: within its time, alone in its profile, leaving nothing behind; Word 97, RTF and ODT."""

from __future__ import annotations

import stat
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from word_files import docx, p, package, tbl, tr

from khparse.errors import EncryptedError, InputError, LimitError, ToolMissingError
from khparse.read import office
from khparse.read.capabilities import capabilities
from khparse.read.doc import read_doc, read_odt, read_rtf
from khparse.read.detect import detect
from khparse.read.docx.document import read_docx
from khparse.read.readers import read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def converted(data: bytes, form: str, folder: Path) -> bytes:
    """A .docx as LibreOffice saves it in another form."""
    (folder / "a.docx").write_bytes(data)
    program = office.find_office()
    assert program
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(folder / "a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / f"a.{form}").read_bytes()


PLAN = docx(
    p("KẾ HOẠCH")
    + p("1. Mục đích")
    + p("Giao Sở Y tế chủ trì.")
    + tbl(tr("TT", "Việc"), tr("1", "Rà soát"))
    + p("Hết.")
)


@pytest.mark.slow
@pytest.mark.tool("soffice")
@pytest.mark.parametrize(("form", "reader"), [("doc", read_doc), ("rtf", read_rtf), ("odt", read_odt)])
def test_a_plan_reads_the_same_in_each_older_form(form: str, reader, tmp_path: Path) -> None:
    assert reader(converted(PLAN, form, tmp_path)).text == read_docx(PLAN).text


@pytest.mark.tool("soffice")
def test_rtf_is_read_with_its_code_page() -> None:
    rtf = rb"{\rtf1\ansi\ansicpg1258 {\fonttbl{\f0 Times New Roman;}}\f0 K\u7871? ho\u7841?ch n\u259?m 2026\par}"
    document = read_rtf(rtf)
    assert document.text == "Kế hoạch năm 2026\n"
    assert document.media_type == "application/rtf"


@pytest.mark.tool("soffice")
def test_word_2003_xml_under_the_name_doc_is_read() -> None:
    namespace = "http://schemas.microsoft.com/office/word/2003/wordml"
    body = f"<w:wordDocument xmlns:w='{namespace}'><w:body><w:p><w:r><w:t>Kế hoạch</w:t></w:r></w:p></w:body></w:wordDocument>"
    page = f'<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>{body}'
    assert read(detect(page.encode())).text == "Kế hoạch\n"


@pytest.mark.slow
@pytest.mark.tool("soffice")
def test_several_files_are_converted_at_a_time(tmp_path: Path) -> None:
    data = converted(PLAN, "doc", tmp_path)
    with ThreadPoolExecutor(3) as pool:
        texts = {document.text for document in pool.map(read_doc, [data] * 3)}
    assert texts == {read_docx(PLAN).text}


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Puts a script in LibreOffice's place."""

    def put(script: str) -> None:
        place = tmp_path / "soffice"
        place.write_text(f"#!/bin/sh\n{script}\n")
        place.chmod(place.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(office, "find_office", lambda: str(place))

    return put


def test_without_libreoffice_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    with pytest.raises(ToolMissingError, match=r"LibreOffice.*apt install"):
        read_doc(OLE + b"WordDocument")


def test_a_conversion_that_hangs_is_ended_with_all_it_started(program, tmp_path: Path) -> None:
    program(f"sleep 60 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(LimitError, match="giây"):
        office.to_docx(b"x", ".doc", seconds=0.5)
    child = (tmp_path / "child").read_text().strip()
    deadline = time.monotonic() + 5
    while (state := _state(child)) not in {None, "Z"} and time.monotonic() < deadline:
        time.sleep(0.05)
    assert state in {None, "Z"}


def _state(pid: str) -> str | None:
    """A process's state as /proc tells it, None where it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return None


def test_a_file_that_libreoffice_can_not_read_is_refused(program) -> None:
    program("exit 1")
    with pytest.raises(InputError, match="không đọc được"):
        read_rtf(b"{\\rtf1 x")


def test_each_conversion_has_a_profile_of_its_own_without_macros(program, tmp_path: Path) -> None:
    program(f'echo "$1" >> {tmp_path}/seen; cat "${{1#*file://}}/user/registrymodifications.xcu" > {tmp_path}/settings')
    for _ in range(2):
        with pytest.raises(InputError):
            office.to_docx(b"x", ".doc")
    seen = (tmp_path / "seen").read_text().split()
    assert len(set(seen)) == 2
    assert "DisableMacrosExecution" in (tmp_path / "settings").read_text()


def test_an_encrypted_package_asks_for_its_password_to_be_removed() -> None:
    with pytest.raises(EncryptedError, match="mật khẩu"):
        read_doc(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))


def test_an_encrypted_word_97_file_is_refused_before_anything_is_started() -> None:
    header = b"\xec\xa5\xc1\x00" + b"\0" * 6 + (0x0100).to_bytes(2, "little")
    with pytest.raises(EncryptedError, match="mật khẩu"):
        read_doc(OLE.ljust(512, b"\0") + header.ljust(512, b"\0"))


def test_an_encrypted_odt_is_refused() -> None:
    with pytest.raises(EncryptedError):
        read_odt(package({"META-INF/manifest.xml": "<manifest:encryption-data/>", "content.xml": ""}))


def test_an_odt_cut_short_is_refused() -> None:
    with pytest.raises(InputError, match="cắt cụt"):
        read_odt(package({"content.xml": "x" * 100})[:-30])


def test_capabilities_say_what_each_program_opens_up() -> None:
    found = {capability.name: capability for capability in capabilities()}
    assert found["khparse"].ready
    assert ".doc" in found["libreoffice"].reads[0]
    assert all(len(capability.install) == 2 for capability in found.values())
