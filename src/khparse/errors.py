"""Exit codes and the error family: every error says what is wrong with which file, and what to do about it."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command's end tells its caller (spec of the commands)."""

    DONE = 0
    SOME_FAILED = 1
    WRONG_USAGE = 2
    NOTHING_DONE = 3


class KhparseError(Exception):
    """One line for a person: what is wrong, then what to do.

    `advice` is the second half of that line; `code` is the exit code when nothing else was done.
    """

    code = ExitCode.NOTHING_DONE
    file: str | None = None  # which file it is about, where the message does not say it

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        """The one line: "tệp rỗng; hãy chọn tệp khác"."""
        return f"{self.message}; {self.advice}" if self.advice else self.message

    @property
    def told(self) -> str:
        """The same with the file's name in front."""
        return f"{self.file}: {self}" if self.file else str(self)

    def __reduce__(self) -> tuple[type[KhparseError], tuple[str, str]]:
        """Errors cross process borders whole, advice included."""
        return type(self), (self.message, self.advice)


class InputError(KhparseError):
    """The bytes given can't be read as a document: empty, cut short, damaged."""


class EncryptedError(InputError):
    """A password is asked for before anything can be read."""


class UnsupportedError(InputError):
    """Content of a kind that no reader knows (a picture named .pdf, a spreadsheet)."""


class LimitError(InputError):
    """A bound was hit: size, pages, archive ratio, depth, time."""


class ToolMissingError(KhparseError):
    """A system program (tesseract, LibreOffice) is needed for this file and not installed."""


class NotAPlanError(InputError):
    """The document was read, and it is not a plan; it can be taken in with `--any`."""


class RuleError(KhparseError):
    """A rule file is wrong: names the file and the place."""


class StoreError(KhparseError):
    """The database can't be opened, written, or is of a newer version than this program."""


class RecordRefusedError(StoreError):
    """The database refuses what was extracted from one file (a quote out of place); other files are not concerned."""


class ClusterError(KhparseError):
    """The machines that were to read can't be reached, or stopped answering; what they wrote stays."""


class InternalError(KhparseError):
    """A mistake of the program: told in one line, with how to report it."""

    def __init__(self, error: BaseException | str, advice: str = "") -> None:
        told = error if isinstance(error, str) else f"lỗi của chương trình ({type(error).__name__}: {error})"
        super().__init__(
            " ".join(told.split()),
            advice or "hãy chạy lại với KHPARSE_DEBUG=1 và gửi kết quả kèm tệp cho người phát triển",
        )
