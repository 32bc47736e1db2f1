"""What a person may answer to a question of a call, and what is wrong with an answer."""

import math
from dataclasses import dataclass
from enum import StrEnum

NUMBERS = frozenset({"number", "money", "months"})
# Endings of the files that a question for a file may ask for, by its key; "any" is all that is accepted here.
FILE_ENDINGS: dict[str, tuple[str, ...]] = {
    "any": ("pdf", "docx", "odt", "txt", "xlsx", "csv", "png", "jpg", "jpeg", "webp"),
    "pdf": ("pdf",),
    "texts": ("pdf", "docx", "odt", "txt"),
    "tables": ("xlsx", "csv"),
    "pictures": ("png", "jpg", "jpeg", "webp"),
}
BYTES_A_MB = 1024 * 1024


class Wrong(StrEnum):
    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    TOO_LITTLE = "too_little"
    TOO_MUCH = "too_much"
    NOT_A_CHOICE = "not_a_choice"
    NOT_THIS_KIND = "not_this_kind"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: `kind` is short, long, number, money, months, choice or file; `max_length` counts characters.

    `low` and `high` are the least and the most that a number, a sum of money or a length in months may be. Of a file,
    `file_kinds` is a key of FILE_ENDINGS and `most_mb` the largest size; the text that answers is its name.
    """

    kind: str
    is_required: bool = False
    max_length: int = 2000
    choices: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    file_kinds: str = "any"
    most_mb: int = 10


def check(asked: Asked, text: str) -> Wrong | None:
    """Give the first thing that is wrong with `text` as the answer, or None."""
    said = text.strip()
    if not said:
        return Wrong.MISSING if asked.is_required else None
    if asked.kind == "file":
        return None
    if len(said) > asked.max_length:
        return Wrong.TOO_LONG
    if asked.kind in NUMBERS:
        return _check_number(asked, said)
    if asked.kind == "choice" and said not in asked.choices:
        return Wrong.NOT_A_CHOICE
    return None


def check_file(asked: Asked, name: str, size_bytes: int) -> Wrong | None:
    """Give what is wrong with a file as the answer: its kind, told by its name, or its size."""
    _stem, dot, ending = name.rpartition(".")
    if not dot or ending.lower() not in FILE_ENDINGS[asked.file_kinds]:
        return Wrong.NOT_THIS_KIND
    if size_bytes > asked.most_mb * BYTES_A_MB:
        return Wrong.TOO_LARGE
    return None


def _check_number(asked: Asked, said: str) -> Wrong | None:
    value = number(said.removesuffix("€") if asked.kind == "money" else said)
    if value is None or (asked.kind != "number" and value < 0):
        return Wrong.NOT_A_NUMBER
    if asked.kind == "months" and not value.is_integer():
        return Wrong.NOT_WHOLE
    if asked.low is not None and value < asked.low:
        return Wrong.TOO_LITTLE
    if asked.high is not None and value > asked.high:
        return Wrong.TOO_MUCH
    return None


def number(text: str) -> float | None:
    """Read a number as people write it: a comma or a point, spaces between thousands, either minus sign."""
    plain = "".join(text.split()).replace(",", ".").replace("\N{MINUS SIGN}", "-")
    digits = plain.removeprefix("-").replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit()):
        return None
    value = float(plain)
    return value if math.isfinite(value) else None
