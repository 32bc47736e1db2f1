"""Tables that people upload as CSV or XLSX, and tables that they download as CSV.

Reading takes what spreadsheets really write (UTF-8 with or without a mark, UTF-16, Windows-1252;
comma, semicolon or tab; decimal point or comma) and gives either all rows or all errors, each with
the line of the file (the row of the sheet) it stands on. Errors carry stable codes, so that another layer can word them
in the reader's language. Quoting follows RFC 4180 (doi:10.17487/RFC4180).

Codes about the file: ``empty``, ``old_spreadsheet``, ``workbook``, ``workbook_too_large``, ``binary``, ``encoding``, ``bad_quotes``,
``too_many_rows``, ``no_rows``, ``missing_column``, ``unknown_column``, ``duplicate_column``,
``mixed_decimal_marks``. About a row or cell: ``too_few_cells``, ``too_many_cells``,
``cell_too_long``, ``missing``, and the codes of `vuoksi.lib.cells`.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from vuoksi.lib import workbooks
from vuoksi.lib.cells import CellError, Number, decimal_mark

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_OLD_SPREADSHEET = b"\xd0\xcf\x11\xe0"
_DELIMITERS = ",;\t"
_SHOWN = 80
_LONGEST_HEADER = 10_000
# A spreadsheet takes text that starts so for a formula (OWASP, "CSV Injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a table may have: its header and how a cell is read.

    `required` means that the column must be there and that no cell of it may be empty; an empty
    cell of another column is read as None.
    """

    name: str
    parse: Callable[[str], object]
    required: bool = True


@dataclass(frozen=True, slots=True)
class TableError:
    """One thing that is wrong: at `line` of the file (1 is the first), in `column` if in one.

    `value` is what stood there, cut to 80 characters; for counts it is the count or the limit.
    """

    line: int
    column: str
    code: str
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line of the file on which it starts, and a value for each column asked for."""

    line: int
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Table:
    """What was read: `rows`, or `errors` and then no rows, so that nothing is half imported.

    `more_errors` says that reading stopped at the limit of errors.
    """

    rows: tuple[Row, ...] = ()
    errors: tuple[TableError, ...] = ()
    more_errors: bool = False


@dataclass(slots=True)
class _Errors:
    limit: int
    found: list[TableError] = field(default_factory=list)

    @property
    def full(self) -> bool:
        return len(self.found) > self.limit

    def add(self, line: int, code: str, value: str, column: str = "") -> None:
        self.found.append(TableError(line, column, code, value[:_SHOWN]))


class _FileError(ValueError):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


_Records = Iterator[tuple[int, list[str]]]


def read_table(
    content: bytes,
    columns: Sequence[Column],
    *,
    most_rows: int = 100_000,
    longest_cell: int = 10_000,
    most_errors: int = 100,
) -> Table:
    """Read an uploaded file.

    Parameters
    ----------
    content
        The file's bytes. Its first line that is not blank is the header; columns may stand in any
        order, and the case of letters in their names does not matter. Blank lines are skipped.
    columns
        What the table may have.
    most_rows, longest_cell, most_errors
        Limits: rows, characters in a cell (below 131,072), errors that are reported.
    """
    errors = _Errors(most_errors)
    try:
        records = _records_in(content, columns, most_rows, errors)
    except (_FileError, workbooks.WorkbookError) as error:
        return Table(errors=(TableError(1, "", error.code, ""),))
    header = next(records, None)
    if header is None:
        if not errors.found:
            errors.add(1, "empty", "")
        return _table([], errors)
    names = _header(*header, columns, errors)
    if errors.found:
        return _table([], errors)
    reader = _Reader({column.name: column for column in columns}, names, longest_cell, errors)
    return _table(_rows(records, reader, header[0], most_rows), errors)


def _records_in(
    content: bytes, columns: Sequence[Column], most_rows: int, errors: _Errors
) -> _Records:
    if content.startswith(workbooks.MARK):
        # The header, and one row more than may be there.
        return iter(workbooks.records(content, most_rows + 2))
    decoded = decode(content)
    return _records(decoded, _delimiter(decoded, columns), errors)


def decode(content: bytes) -> str:
    """Text of a file in UTF-8, UTF-16 or Windows-1252, whichever it shows itself to be in.

    Raises
    ------
    ValueError
        With attribute `code`: ``empty``, ``old_spreadsheet``, ``binary`` or ``encoding``.
    """
    if content.startswith(_OLD_SPREADSHEET):
        raise _FileError("old_spreadsheet")
    decoded = _decode(content)
    if any(letter < " " and letter not in "\t\n\r" for letter in decoded):
        raise _FileError("binary")
    if not decoded.strip():
        raise _FileError("empty")
    return decoded


def csv_cell(value: object) -> str:
    """Text of one cell to download; text that a spreadsheet would run gets an apostrophe before it.

    Numbers are left as they are, dates are ISO 8601, booleans ``true`` and ``false``, None empty.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return str(value)


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Lines of a CSV file one at a time, each ending with CR LF; all cells go through `csv_cell`."""
    yield _line(header)
    for cells in rows:
        yield _line(cells)


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A whole CSV file as one text."""
    return "".join(csv_lines(header, rows))


def _line(cells: Sequence[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([csv_cell(cell) for cell in cells])
    return line.getvalue()


def _decode(content: bytes) -> str:
    encodings = ("utf-16",) if content.startswith(_UTF16_MARKS) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _FileError("encoding")


def _delimiter(decoded: str, columns: Sequence[Column]) -> str:
    """The delimiter under which the first line has most known names, then most cells."""
    line = decoded.lstrip().splitlines()[0][:_LONGEST_HEADER]
    known = {column.name.casefold() for column in columns}

    def fit(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([line], delimiter=delimiter))
        return len(known & {cell.strip().casefold() for cell in cells}), len(cells)

    return max(_DELIMITERS, key=fit)


def _records(decoded: str, delimiter: str, errors: _Errors) -> _Records:
    """Each record that is not blank, with the line on which it starts."""
    reader = csv.reader(io.StringIO(decoded, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for record in reader:
            cells = [cell.strip() for cell in record]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        # The only other thing that the reader refuses is a cell above its own limit.
        too_long = "field larger" in str(error)
        errors.add(line, "cell_too_long" if too_long else "bad_quotes", "")


def _header(line: int, cells: list[str], columns: Sequence[Column], errors: _Errors) -> list[str]:
    """Names of the file's columns as `columns` spells them."""
    spelled = {column.name.casefold(): column.name for column in columns}
    names: list[str] = []
    for cell in _trimmed(cells):
        name = spelled.get(cell.casefold())
        if name is None:
            errors.add(line, "unknown_column", cell, cell[:_SHOWN])
        elif name in names:
            errors.add(line, "duplicate_column", cell, name)
        else:
            names.append(name)
    for column in columns:
        if column.required and column.name not in names:
            errors.add(line, "missing_column", "", column.name)
    return names


def _rows(records: _Records, reader: "_Reader", header_line: int, most_rows: int) -> list[Row]:
    rows: list[Row] = []
    for line, cells in records:
        if len(rows) == most_rows:
            reader.errors.add(line, "too_many_rows", str(most_rows))
            break
        rows.append(reader.row(line, cells))
        if reader.errors.full:
            break
    if not rows and not reader.errors.found:
        reader.errors.add(header_line, "no_rows", "")
    return rows


def _trimmed(cells: list[str]) -> list[str]:
    """Cells without the empty ones at the end, which spreadsheets like to add."""
    last = max((place for place, cell in enumerate(cells) if cell), default=-1)
    return cells[: last + 1]


def _table(rows: list[Row], errors: _Errors) -> Table:
    if errors.found:
        return Table(errors=tuple(errors.found[: errors.limit]), more_errors=errors.full)
    return Table(rows=tuple(rows))


@dataclass(slots=True)
class _Reader:
    columns: Mapping[str, Column]
    names: list[str]
    longest_cell: int
    errors: _Errors
    mark: str | None = None

    def row(self, line: int, cells: list[str]) -> Row:
        values: dict[str, object] = dict.fromkeys(self.columns)
        if len(cells) < len(self.names):
            self.errors.add(line, "too_few_cells", str(len(cells)))
        elif len(_trimmed(cells)) > len(self.names):
            self.errors.add(line, "too_many_cells", str(len(_trimmed(cells))))
        else:
            for name, cell in zip(self.names, cells, strict=False):
                values[name] = self._value(line, self.columns[name], cell)
        return Row(line, values)

    def _value(self, line: int, column: Column, cell: str) -> object:
        if not cell:
            if column.required:
                self.errors.add(line, "missing", "", column.name)
            return None
        try:
            return self._parsed(column, cell)
        except CellError as error:
            self.errors.add(line, error.code, cell, column.name)
            return None

    def _parsed(self, column: Column, cell: str) -> object:
        if len(cell) > self.longest_cell:
            raise CellError("cell_too_long")
        value = column.parse(cell)
        if isinstance(column.parse, Number):
            mark = decimal_mark(cell)
            self.mark = self.mark or mark
            if mark not in (None, self.mark):
                raise CellError("mixed_decimal_marks")
        return value
