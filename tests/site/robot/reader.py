"""What a browser knows of a page: its forms with what stands in them, its links, and where faults are named."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

# Inputs that somebody types into, by their type; the rest is chosen, pressed or hidden.
CHOSEN = frozenset({"select", "radio", "checkbox"})
PRESSED = frozenset({"submit", "button", "image", "reset"})


@dataclass(slots=True)
class Field:
    """One named field of a form: its kind (an input's type, or the element's name) and the values that it would send."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)

    @property
    def is_typed(self) -> bool:
        return self.kind not in {*CHOSEN, *PRESSED, "hidden", "file"}


@dataclass(slots=True)
class Form:
    """One form: where it goes, how, with which fields, and with which named buttons."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, name: str, kind: str, value: str | None) -> Field:
        row = self.fields.setdefault(name, Field(name, kind))
        if value is not None:
            row.values.append(value)
        return row


class Reader(HTMLParser):
    """Read a page once: `forms`, `links`, `ids`, and in `faults` where the summary of faults points to."""

    def __init__(self, text: str, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.faults: list[str] = []
        self.alerts = 0
        self._by_id: dict[str, Form] = {}
        self._form: Form | None = None
        self._select: tuple[Field, bool] | None = None
        self._area: tuple[Field, list[str]] | None = None
        self._in_summary = 0
        self._first: str | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        classes = given.get("class", "").split()
        is_bad = "notice" in classes and given.get("data-tone") in {"bad", "error", "warn"}
        if is_bad or given.get("role") == "alert" or not {"error", "errors"}.isdisjoint(classes):
            self.alerts += 1
        if tag == "div":
            self._in_summary += "errors" in classes or bool(self._in_summary)
        if tag == "a":
            self.links.append(given.get("href", ""))
            if self._in_summary:
                self.faults.append(given.get("href", ""))
        reading = getattr(self, f"_{tag}_", None)
        if reading is not None:
            reading(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._end_select()
        elif tag == "textarea" and self._area is not None:
            row, said = self._area
            row.values.append("".join(said).removeprefix("\n"))
            self._area = None
        elif tag == "div" and self._in_summary:
            self._in_summary -= 1

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area[1].append(data)

    def _form_(self, given: dict[str, str]) -> None:
        action = given.get("action") or self.path
        form = self._by_id.get(given.get("id", "")) or Form(action, "get")
        form.action, form.method = action, given.get("method", "get").lower()
        self.forms.append(form)
        self._form = form
        if "id" in given:
            self._by_id[given["id"]] = form

    def _of(self, given: dict[str, str]) -> Form | None:
        """The form that an element belongs to, which may be named before it stands."""
        if "form" in given:
            return self._by_id.setdefault(given["form"], Form(self.path, "get"))
        return self._form

    def _input_(self, given: dict[str, str]) -> None:
        form, name, kind = self._of(given), given.get("name"), given.get("type", "text").lower()
        if form is None or "disabled" in given:
            return
        if kind in PRESSED:
            form.buttons.append((name or "", given.get("value", ""), given.get("formaction", "")))
        elif name and kind in {"radio", "checkbox"}:
            form.add(name, kind, given.get("value", "on") if "checked" in given else None)
        elif name:
            form.add(name, kind, given.get("value", "") if kind != "file" else None)

    def _button_(self, given: dict[str, str]) -> None:
        form = self._of(given)
        if form is not None and given.get("type", "submit") == "submit":
            form.buttons.append(
                (given.get("name", ""), given.get("value", ""), given.get("formaction", ""))
            )

    def _textarea_(self, given: dict[str, str]) -> None:
        form = self._of(given)
        if form is not None and given.get("name"):
            self._area = (form.add(given["name"], "textarea", None), [])

    def _select_(self, given: dict[str, str]) -> None:
        form = self._of(given)
        if form is not None and given.get("name"):
            self._select = (form.add(given["name"], "select", None), "multiple" in given)
            self._first = None

    def _option_(self, given: dict[str, str]) -> None:
        if self._select is None:
            return
        if self._first is None:
            self._first = given.get("value", "")
        if "selected" in given:
            self._select[0].values.append(given.get("value", ""))

    def _end_select(self) -> None:
        if self._select is not None:
            row, is_many = self._select
            if not row.values and not is_many and self._first is not None:
                row.values.append(self._first)
        self._select = None
