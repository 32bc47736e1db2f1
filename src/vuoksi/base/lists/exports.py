"""A whole list as a file, streamed part by part so that a long one needs no more memory than a short one."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone, translation

from vuoksi.base.lists.columns import Table

PART = 500
# A spreadsheet runs a cell that starts so (OWASP, CSV injection); tab and return can hide one of the others.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_file(table: Table, queryset: QuerySet[Any], form: str) -> StreamingHttpResponse:
    """Give the whole list as `form`: "csv" with the headings in the reader's language, or "json" with the keys."""
    parts = _in_language(_csv(table, queryset) if form == "csv" else _json(table, queryset))
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/json"
    response = StreamingHttpResponse(parts, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{table.key}.{form}"'
    return response


def csv_cell(value: Any) -> str:
    """Give the text of a cell that no spreadsheet takes for a formula; a number stays a number."""
    plain = plain_value(value)
    if plain is None:
        return ""
    text = str(plain)
    is_number = isinstance(plain, int | float)
    return f"'{text}" if not is_number and text.startswith(FORMULA_STARTS) else text


def plain_value(value: Any) -> Any:
    """Give numbers, truth values and nothing as they are, times in ISO 8601, all else as text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat() if timezone.is_aware(value) else str(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _csv(table: Table, queryset: QuerySet[Any]) -> Iterator[str]:
    # The mark at the start tells a spreadsheet that the file is UTF-8.
    yield "\ufeff" + _csv_lines([[csv_cell(column.label) for column in table.columns]])
    for rows in _parts(table, queryset):
        yield _csv_lines(
            [[csv_cell(column.value(row)) for column in table.columns] for row in rows]
        )


def _csv_lines(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _json(table: Table, queryset: QuerySet[Any]) -> Iterator[str]:
    between = "["
    for rows in _parts(table, queryset):
        for row in rows:
            values = {column.key: plain_value(column.value(row)) for column in table.columns}
            yield between + json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False)
            between = ",\n"
    yield "[]" if between == "[" else "]"


def _parts(table: Table, queryset: QuerySet[Any]) -> Iterator[list[Any]]:
    rows = queryset.iterator(chunk_size=PART)
    while part := list(islice(rows, PART)):
        yield table.prepare(part)


def _in_language(parts: Iterator[str]) -> Iterator[str]:
    """Keep the reader's language while the server sends: the next request in this thread may have changed it."""
    language = translation.get_language() or "en"
    while True:
        with translation.override(language):
            part = next(parts, None)
        if part is None:
            return
        yield part
