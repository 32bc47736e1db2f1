"""A table that somebody uploads: read, checked, shown, and only then taken in.

What the file holds travels through the preview with it, so nothing is uploaded twice. `digest` is that of the preview
which the person confirms.
"""

import base64
import binascii
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from vuoksi.lib.tables import Column, Row, TableError, read_table

LARGEST_FILE_BYTES = 1_000_000


class TableForm(forms.Form):
    """Subclasses name the `columns`, read a row into a thing of their own, and may find more faults."""

    columns: ClassVar[Sequence[Column]]
    # False where the table can be given in another way too.
    is_file_needed: ClassVar[bool] = True

    file = forms.FileField(
        label=_("File (CSV or XLSX)"),
        required=False,
        error_messages={"required": _("Choose a file.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    content = forms.CharField(widget=forms.HiddenInput, required=False)
    digest = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table_errors: tuple[TableError, ...] = ()
        # On confirming, what the file held comes back with the preview.
        self.fields["file"].required = self.is_file_needed and not self.data.get("content")

    def thing_of(self, row: Row) -> Any:
        """Give what a row says, by itself the row; pairs of its line and this become `cleaned_data["rows"]`."""
        return row

    def faults_in(self, rows: list[tuple[int, Any]]) -> Iterable[TableError]:
        """Find what no single cell shows."""
        return ()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        raw = self._bytes(data)
        if raw is None:
            return data
        table = read_table(raw, self.columns)
        data["rows"] = [(row.line, self.thing_of(row)) for row in table.rows]
        data["content"] = base64.b64encode(raw).decode()
        self.refuse((*table.errors, *self.faults_in(data["rows"])))
        return data

    def refuse(self, faults: Iterable[TableError]) -> None:
        """Say which lines cannot stand; also when that turns out as late as on taking the table in."""
        self.table_errors = tuple(faults)
        if self.table_errors:
            self.add_error(
                "file", _("Nothing was imported. Correct the lines that are listed and try again.")
            )

    def _bytes(self, data: dict[str, Any]) -> bytes | None:
        upload = data.get("file")
        if upload is None and not data.get("content"):
            if not self.has_error("file"):
                self.add_error("file", _("Choose a file."))
            return None
        if upload is not None and upload.size > LARGEST_FILE_BYTES:
            self.add_error("file", _("The file is larger than 1 MB."))
            return None
        try:
            return (
                upload.read()
                if upload is not None
                else base64.b64decode(data["content"], validate=True)
            )
        except binascii.Error:
            self.add_error("file", _("Choose the file again."))
            return None
