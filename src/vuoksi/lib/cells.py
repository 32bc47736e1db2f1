"""Parsers of one cell of an uploaded table: text in, value out, or `CellError` with a stable code.

The text comes without spaces around it and is never empty: the table deals with missing cells.
"""

import math
import re
from dataclasses import dataclass
from datetime import date

# Spaces that people and spreadsheets put between thousands (plain, no-break, thin, narrow no-break).
_SPACES = " \u00a0\u2009\u202f"
_GROUPED = re.compile(rf"[+-]?\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,]\d+)?", re.ASCII)
_PLAIN = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_MARKED = re.compile(
    r"[+-]?\d{1,3}(?:(?:,\d{3})+\.\d+|(?:\.\d{3})+,\d+|(?:,\d{3}){2,}|(?:\.\d{3}){2,})",
    re.ASCII,
)
_WHOLE = re.compile(rf"[+-]?(?:\d+|\d{{1,3}}(?:[{_SPACES}]\d{{3}})+)", re.ASCII)
_NORDIC_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MOST_DIGITS = 40


class CellError(ValueError):
    """A cell that cannot be read; `code` says why and stays the same between versions."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Number:
    """A finite number with a decimal point or a decimal comma.

    One mark alone is the decimal mark (``1,234`` is a little over one); with both, the later one
    is; a mark that repeats, or a space, stands between thousands. `read_table` refuses a file
    that uses both decimal marks. Codes: ``not_a_number``, ``too_small``, ``too_large``.
    """

    minimum: float | None = None
    maximum: float | None = None

    def __call__(self, text: str) -> float:
        """Read one cell."""
        value = _float(text)
        _check_range(value, self.minimum, self.maximum)
        return value


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number, at most 40 characters; codes ``not_an_integer``, ``too_small``, ``too_large``."""

    minimum: int | None = None
    maximum: int | None = None

    def __call__(self, text: str) -> int:
        """Read one cell."""
        written = text.replace("\u2212", "-")
        if len(written) > _MOST_DIGITS or not _WHOLE.fullmatch(written):
            raise CellError("not_an_integer")
        value = int(_without(written, _SPACES))
        _check_range(value, self.minimum, self.maximum)
        return value


@dataclass(frozen=True, slots=True)
class Text:
    """Any text of at most `longest` characters; code ``too_long``."""

    longest: int = 10_000

    def __call__(self, text: str) -> str:
        """Read one cell."""
        if len(text) > self.longest:
            raise CellError("too_long")
        return text


@dataclass(frozen=True, slots=True)
class Choice:
    """One of `options`, whatever the case of its letters; code ``not_a_choice``."""

    options: tuple[str, ...]

    def __call__(self, text: str) -> str:
        """Read one cell; the option comes back as `options` spells it."""
        for option in self.options:
            if option.casefold() == text.casefold():
                return option
        raise CellError("not_a_choice")


def day(text: str) -> date:
    """Read a date as ISO 8601 (``2024-05-31``) or day first (``31.5.2024``); code ``not_a_date``."""
    if match := _ISO_DATE.fullmatch(text):
        parts = match[1], match[2], match[3]
    elif match := _NORDIC_DATE.fullmatch(text):
        parts = match[3], match[2], match[1]
    else:
        raise CellError("not_a_date")
    try:
        return date(*map(int, parts))
    except ValueError:
        raise CellError("not_a_date") from None


number = Number()
integer = Integer()
text = Text()


def decimal_mark(written: str) -> str | None:
    """Which mark, ``.`` or ``,``, stands before the decimals of a number, or None if neither does."""
    marks = [letter for letter in written if letter in ".,"]
    if not marks or (len(marks) > 1 and len(set(marks)) == 1):
        return None
    return marks[-1]


def _float(written: str) -> float:
    written = written.replace("\u2212", "-")
    if not any(form.fullmatch(written) for form in (_PLAIN, _GROUPED, _MARKED)):
        raise CellError("not_a_number")
    mark = decimal_mark(written)
    thousands = _without(".,", mark or "") + _SPACES
    value = float(_without(written, thousands).replace(",", "."))
    if not math.isfinite(value):
        raise CellError("not_a_number")
    return value


def _without(written: str, letters: str) -> str:
    return "".join(letter for letter in written if letter not in letters)


def _check_range(value: float, minimum: float | None, maximum: float | None) -> None:
    if minimum is not None and value < minimum:
        raise CellError("too_small")
    if maximum is not None and value > maximum:
        raise CellError("too_large")
