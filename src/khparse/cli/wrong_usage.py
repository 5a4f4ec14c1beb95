"""What is wrong with a command, in Vietnamese: click says it in English."""

from __future__ import annotations

import click
import regex

_SAID = (
    (r"No such command '(.*)'\.", r"không có lệnh “\1”"),
    (r"'(.*)' is not a valid integer(?: range)?\.", r"“\1” không phải số nguyên"),
    (r"'(.*)' is not a valid float(?: range)?\.", r"“\1” không phải số"),
    (r"'(.*)' does not match the formats? '%Y-%m-%d'\.", r"“\1” không phải ngày dạng YYYY-MM-DD"),
    (r"'(.*)' is not one of (.*)\.", r"“\1” không có; chọn một trong \2"),
    (r"(\S+) is not in the range (.*)\.", r"\1 ngoài khoảng cho phép (\2)"),
    (r"(?:Path|File|Directory) '(.*)' does not exist\.", r"không có tệp hay thư mục “\1”"),
    (r"(?:Path|File) '(.*)' is a directory\.", r"“\1” là thư mục, không phải tệp"),
    (r"Directory '(.*)' is a file\.", r"“\1” là tệp, không phải thư mục"),
    (r"(?:Path|File|Directory) '(.*)' is not (?:readable|writable)\.", r"không đọc hoặc ghi được “\1”"),
    (r"Got unexpected extra arguments? \((.*)\)", r"thừa: \1"),
    (r"Option '(.*)' requires an argument\.", r"\1 cần một giá trị"),
    (r"Option '(.*)' does not take a value\.", r"\1 không nhận giá trị"),
)
_PATTERNS = tuple((regex.compile(pattern), words) for pattern, words in _SAID)


def in_vietnamese(error: click.UsageError) -> str:
    """One sentence: "--from: “2022-13-01” không phải ngày dạng YYYY-MM-DD"."""
    if isinstance(error, click.NoSuchOption):
        near = f"; có phải {' hoặc '.join(error.possibilities)}?" if error.possibilities else ""
        return f"không có tùy chọn {error.option_name}{near}"
    if isinstance(error, click.MissingParameter):
        return f"thiếu {_name(error)}"
    words = _translated(error.message)
    return f"{name}: {words}" if isinstance(error, click.BadParameter) and (name := _name(error)) else words


def _translated(message: str) -> str:
    for pattern, words in _PATTERNS:
        if found := pattern.fullmatch(message):
            return found.expand(words)
    return message


def _name(error: click.BadParameter) -> str:
    """How the parameter is called: the option's last name, an argument's own word."""
    if error.param is None:
        return str(error.param_hint or "")
    option = error.param.opts[-1] if isinstance(error.param, click.Option) else None
    return option or error.param.make_metavar(error.ctx or click.Context(click.Command("khparse")))
