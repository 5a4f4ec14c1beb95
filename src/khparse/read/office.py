"""LibreOffice as a converter: the one place that starts it, headless, alone in its profile, for a limited time."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from khparse.errors import InputError, LimitError, ToolMissingError
from khparse.read import limits

SECONDS = limits.OFFICE_SECONDS
_PLACES = ("/Applications/LibreOffice.app/Contents/MacOS/soffice", "/usr/lib/libreoffice/program/soffice")
INSTALL = "hãy cài LibreOffice Writer (Debian, Ubuntu: sudo apt install libreoffice-writer)"

# no macro runs, no link is followed or updated, no recovery dialogue waits for anyone
_SETTINGS = {
    "/org.openoffice.Office.Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "BlockUntrustedRefererLinks": "true",
    },
    "/org.openoffice.Office.Writer/Content/Update": {"Link": "0", "Field": "false", "Chart": "false"},
    "/org.openoffice.Office.Recovery/RecoveryInfo": {"Enabled": "false"},
    "/org.openoffice.Office.Common/Misc": {"FirstRun": "false"},
}


def find_office() -> str | None:
    """Where LibreOffice is, None where it is not installed."""
    named = (shutil.which("soffice"), shutil.which("libreoffice"), *_PLACES)
    return next((place for place in named if place and Path(place).exists()), None)


def to_docx(data: bytes, suffix: str, seconds: float = SECONDS) -> bytes:
    """The bytes of a .doc, .rtf or .odt as those of a .docx. `suffix` names the form: ".doc".

    Raises ToolMissingError without LibreOffice, LimitError after `seconds`, InputError where it can't read the file.
    Several may run at a time: each has its own profile, and takes its children with it when it ends.
    """
    return _converted(data, suffix, "docx", seconds)


def to_pdf(data: bytes, suffix: str, seconds: float = SECONDS) -> bytes:
    """The bytes of a .docx, .doc, .rtf or .odt printed to PDF; errors as `to_docx`."""
    return _converted(data, suffix, "pdf", seconds)


def _converted(data: bytes, suffix: str, form: str, seconds: float) -> bytes:
    program = find_office()
    if program is None:
        raise ToolMissingError(f"cần LibreOffice để đọc tệp {suffix}", INSTALL)
    # LibreOffice may still hold a lock file for a moment when it has been stopped
    with tempfile.TemporaryDirectory(prefix="khparse-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"source{suffix}"
        source.write_bytes(data)
        _write_profile(folder / "profile" / "user")
        _run(_command(program, folder, source, form), folder, seconds)
        made = folder / "out" / f"source.{form}"
        if not made.is_file():
            raise InputError(f"LibreOffice không đọc được tệp {suffix} này", "hãy mở bằng Word và lưu lại thành .docx")
        return made.read_bytes()


def _command(program: str, folder: Path, source: Path, form: str) -> list[str]:
    options = ["--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nologo"]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    return [program, profile, *options, "--convert-to", form, "--outdir", str(folder / "out"), str(source)]


def _run(command: list[str], folder: Path, seconds: float) -> None:
    environment = {**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=folder,
        process_group=0,  # of this process's session still: who ends the session ends LibreOffice too
    ) as process:
        _bound(process.pid, seconds)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise LimitError(
                f"LibreOffice chưa đọc xong sau {seconds:.0f} giây", "hãy mở bằng Word và lưu lại thành .docx"
            ) from error
        finally:
            _end(process)


def _bound(pid: int, seconds: float) -> None:
    """Processor time, memory and the size of what it writes, for LibreOffice and what it starts."""
    import resource

    bounds = (
        (resource.RLIMIT_AS, limits.OFFICE_MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, limits.OFFICE_FILE_BYTES),
        (resource.RLIMIT_CPU, int(seconds) + 1),
    )
    for what, most in bounds:
        with contextlib.suppress(OSError, ValueError, AttributeError):  # prlimit is Linux's
            hard = resource.prlimit(pid, what)[1]
            resource.prlimit(pid, what, (most, hard))


def _end(process: subprocess.Popen[bytes]) -> None:
    """The program and all it started: `soffice` is a script that starts another."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _write_profile(folder: Path) -> None:
    folder.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{said}</value></prop></item>'
        for path, properties in _SETTINGS.items()
        for name, said in properties.items()
    )
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">' + items + "</oor:items>",
        encoding="utf-8",
    )
