"""Workbooks (XLSX, ECMA-376) that people upload: the cells of the first sheet as text, as a CSV file would hold them.

Values are read, never formulas: what a formula gave when the workbook was saved. A day is ISO 8601, a number has a
decimal point.
"""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MARK = b"PK\x03\x04"
# A file that is much larger inside than outside is made to fill the memory.
MOST_UNPACKED_BYTES = 100_000_000
MOST_COLUMNS = 200
# What openpyxl raises on files that are none of Excel's, cut, or written by hand.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    NotImplementedError,
)

Record = tuple[int, list[str]]


class WorkbookError(ValueError):
    """The workbook cannot be read; `code` says why: ``workbook`` or ``workbook_too_large``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def records(content: bytes, most: int) -> list[Record]:
    """Give the rows of the first sheet that are not blank, with their number (1 is the first), at most `most`.

    Raises WorkbookError.
    """
    try:
        _check_size(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What the sheet says of its own size need not be true.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        return list(_filled(rows, most))
    except WorkbookError:
        raise
    except _UNREADABLE as error:
        raise WorkbookError("workbook") from error


def _check_size(content: bytes) -> None:
    """What is unpacked is never more than what the archive declares, so the declared sizes are what counts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED_BYTES:
            raise WorkbookError("workbook_too_large")


def _filled(rows: Iterable[tuple[object, ...]], most: int) -> Iterator[Record]:
    """Rows that are not blank, none shorter than the first: a sheet does not keep the empty cells at the end of a row."""
    found, width = 0, 0
    for number, row in enumerate(rows, start=1):
        cells = [_text(cell) for cell in row[: _last(row) + 1]]
        if any(cells):
            found, width = found + 1, width or len(cells)
            yield number, cells + [""] * (width - len(cells))
        if found == most:
            return


def _last(row: tuple[object, ...]) -> int:
    return next((place for place in reversed(range(len(row))) if row[place] is not None), -1)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).strip()
