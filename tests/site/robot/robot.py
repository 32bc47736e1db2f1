"""Somebody who reads every page and sends every form on it, right and wrong; nothing of it stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from tests.e2e.crawl import kind_of, reached
from tests.site.robot.reader import Form, Reader
from tests.site.robot.wrong import SCRIPT, Sent, sendings

# What may come back when a form is sent: it was taken, or the answer says why not.
TAKEN = {HTTPStatus.OK, HTTPStatus.NO_CONTENT, HTTPStatus.FOUND}
REFUSED = {400, 403, 404, 405, 409, 413, 422, 429}
NOT_THERE = {302, 400, 403, 404}
# What comes back is a page that says so, and the same form is not on it.
WITHOUT_FORM = {400, 403, 404, 405, 429}


@dataclass(frozen=True, slots=True)
class Kind:
    """A form that stands on many pages is one: where it goes, with which fields, by which of its own buttons."""

    view: str | None
    method: str
    fields: frozenset[str]
    button: str


class Robot:
    """Reads what `client` may read, of each kind `most` pages; `known` are the forms that others have sent already."""

    def __init__(self, client: Client, known: set[Kind], most: int) -> None:
        # A fault in a view must come out as it is, not as the page that excuses it.
        client.raise_request_exception = True
        self.client = client
        self.known = known
        self.pages = reached(self._read, most)

    def _read(self, path: str) -> str | None:
        answer = self.client.get(path)
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        return answer.text if answer.status_code == HTTPStatus.OK and is_page else None

    def faults(self) -> Iterator[str]:
        """Send each form of each page, and say what is wrong with what came back."""
        for path, text in self.pages.values():
            for form in Reader(text, path).forms:
                for button in form.buttons or [("", "", "")]:
                    yield from self._send_each(path, form, button)

    def asked(self, address: str) -> str | None:
        """What is wrong with the answer of an address at which nothing stands."""
        try:
            with transaction.atomic():
                status = self.client.get(address).status_code
        except Exception as fault:
            return f"{type(fault).__name__}: {fault}"[:300]
        return None if status in NOT_THERE else f"answered {status}"

    def _send_each(self, path: str, form: Form, button: tuple[str, str, str]) -> Iterator[str]:
        name, value, other = button
        address = urljoin(path, other or form.action)
        view = kind_of(urlsplit(address).path)
        kind = Kind(view, form.method, frozenset(form.fields), name)
        if kind in self.known:
            return
        self.known.add(kind)
        for wrong, sent in sendings(form):
            with_button = {**sent, name: [value]} if name else sent
            for fault in self._send(address, form, with_button):
                yield f"{view} on {path}, {wrong}: {fault}"

    def _send(self, address: str, form: Form, sent: Sent) -> list[str]:
        """What is wrong with the answer. Neither the database nor who is signed in is changed by it."""
        cookies = self.client.cookies.copy()
        send = self.client.post if form.method == "post" else self.client.get
        try:
            with transaction.atomic():
                try:
                    return list(self._wrong_with(send(address, sent), form, sent))
                finally:
                    transaction.set_rollback(True)
        except Exception as fault:
            return [f"{type(fault).__name__}: {fault}"[:300]]
        finally:
            self.client.cookies = cookies

    def _wrong_with(self, answer: HttpResponse, form: Form, sent: Sent) -> Iterator[str]:
        status = answer.status_code
        if status not in TAKEN | REFUSED:
            yield f"answered {status}"
        answer = self._shown(answer, sent)
        if answer.streaming or not answer.headers.get("content-type", "").startswith("text/html"):
            return
        page = Reader(answer.text, "")
        if SCRIPT in answer.text:
            yield "shows HTML as it was typed"
        if status == HTTPStatus.OK and form.method == "post" and page.alerts:
            yield "answered 200 with faults"
        if status in REFUSED - WITHOUT_FORM:
            yield from _untold(page)
            yield from _lost(page, form, sent)

    def _shown(self, answer: HttpResponse, sent: Sent) -> HttpResponse:
        """What somebody sees then: where HTML was typed and taken, the page to which the answer leads."""
        is_ours = answer.status_code == HTTPStatus.FOUND and answer.url.startswith("/")
        return self.client.get(answer.url) if is_ours and [SCRIPT] in sent.values() else answer


def _untold(page: Reader) -> Iterator[str]:
    if not page.alerts:
        yield "names no fault"
    for link in page.faults:
        if link.removeprefix("#") not in page.ids:
            yield f"names a fault at {link}, which is nowhere"


def _lost(page: Reader, form: Form, sent: Sent) -> Iterator[str]:
    """What was typed and does not stand in the form that came back. A secret is better typed again."""
    kept = {}
    for row in (row for other in page.forms for row in other.fields.values()):
        kept.setdefault(row.name, []).extend(value.replace("\r\n", "\n") for value in row.values)
    for row in form.fields.values():
        for value in sent.get(row.name, []) if row.is_typed and row.kind != "password" else []:
            if str(value).replace("\r\n", "\n") not in kept.get(row.name, []):
                yield f"lost what was typed in {row.name}"
