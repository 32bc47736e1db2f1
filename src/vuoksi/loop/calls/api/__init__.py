"""Calls and ideas for programs: reading needs no key, writing a token with the scope `entries:write`."""

from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Query, Router, Status
from ninja.files import UploadedFile

from vuoksi.base.files.intake import examine
from vuoksi.base.files.refusals import FileRefused
from vuoksi.base.lists.answers import READ_REFUSALS, WRITE_REFUSALS, Refusal, mistakes
from vuoksi.base.lists.paging import paginated
from vuoksi.base.people.tokens import TokenAuth
from vuoksi.loop.calls import actions, queries, rules, tables
from vuoksi.loop.calls.api.shapes import (
    CallFilter,
    CallOut,
    DraftIn,
    DraftOut,
    EntryFilter,
    EntryOut,
    FileOut,
    WholeCallOut,
    WholeEntryOut,
)
from vuoksi.loop.calls.engine import Stage
from vuoksi.loop.calls.forms import EntryForm
from vuoksi.loop.calls.models import Call, Entry, Question
from vuoksi.loop.calls.refusals import CallClosed, Incomplete, field_of

router = Router(tags=["calls"])
entries_router = Router(tags=["ideas"])
may_write = TokenAuth("entries:write")

# A field and what is wrong there.
Fault = tuple[str, object]
# The largest key that both databases accept.
LARGEST_KEY = 2**63 - 1


@router.get("/", response={200: list[CallOut], **READ_REFUSALS}, summary="Calls")
@paginated(prepare=tables.prepare_calls)
def list_calls(request: HttpRequest, filters: Query[CallFilter]) -> QuerySet[Any]:
    """Published calls, the open ones first."""
    at = timezone.now()
    calls = queries.public_calls()
    rows = queries.with_stage(calls, at)
    if filters.state:
        rows = queries.calls_at_stage(calls, Stage(filters.state), at)
    return _narrowed(rows, goal__slug=filters.goal, language=filters.language).order_by(
        "stage_order", "-entries_close_at", "pk"
    )


@router.get("/{slug:slug}", response={200: WholeCallOut, **READ_REFUSALS}, summary="One call")
def get_call(request: HttpRequest, slug: str) -> Any:
    """One call with its phases, questions and categories."""
    rows = queries.with_stage(queries.public_calls(), timezone.now())
    call = tables.prepare_calls([get_object_or_404(rows, slug=slug)])[0]
    return {
        **{name: getattr(call, name) for name in ("stage", "entry_count")},
        "goal.slug": call.goal.slug if call.goal else None,
        "owner.name": call.owner.name if call.owner else None,
        "partners": [row.slug for row in call.partners.order_by("slug")],
        "rules": list(queries.rules_of(call)),
        **{name: getattr(call, name) for name in _CALL_NAMES},
        "phases": queries.windows_of(call),
        "questions": list(call.questions.order_by("position")),
        "categories": list(call.categories.order_by("position")),
    }


@router.get(
    "/{slug:slug}/entries",
    response={200: list[EntryOut], **READ_REFUSALS},
    summary="Ideas of a call",
)
@paginated(prepare=tables.prepare_entries)
def list_entries_of_call(
    request: HttpRequest, slug: str, filters: Query[EntryFilter]
) -> QuerySet[Entry]:
    """Ideas sent to one call, newest first; also those that do not go forward."""
    call = get_object_or_404(queries.public_calls(), slug=slug)
    return _entries(queries.entries_of(call), filters)


@router.post(
    "/{slug:slug}/entries",
    auth=may_write,
    response={200: DraftOut, **WRITE_REFUSALS},
    summary="Write a draft",
    openapi_extra={"x-scope": "entries:write"},
)
def write_draft(request: HttpRequest, slug: str, draft: DraftIn) -> Any:
    """Begin an idea as a draft, or change it (the same `key`). Nobody but its authors reads a draft."""
    call = get_object_or_404(queries.public_calls(), slug=slug)
    form = EntryForm(_form_data(call, draft), call=call)
    stray = _stray_answers(call, draft)
    if stray or not form.is_valid():
        return Status(422, mistakes(stray + _form_errors(form)))
    try:
        return actions.save_entry(
            call=call,
            key=draft.key,
            text=form.text(),
            version=draft.version,
            writer=uuid4(),
            by=request.user,
            at=timezone.now(),
        )
    except (CallClosed, Incomplete) as refusal:
        return _refused(form, refusal)


@entries_router.get("/", response={200: list[EntryOut], **READ_REFUSALS}, summary="All ideas")
@paginated(prepare=tables.prepare_entries)
def list_entries(request: HttpRequest, filters: Query[EntryFilter]) -> QuerySet[Entry]:
    """Ideas sent to any call, newest first."""
    return _entries(queries.public_entries(), filters)


@entries_router.get("/{key}", response={200: WholeEntryOut, **READ_REFUSALS}, summary="One idea")
def get_entry(request: HttpRequest, key: int) -> Any:
    """One idea with what it answers to the call's questions, and the city's answer."""
    if not 0 < key <= LARGEST_KEY:
        raise Http404
    entry = tables.prepare_entries([get_object_or_404(queries.public_entries(), pk=key)])[0]
    entry.answer = queries.current_answer(entry)
    return entry


@entries_router.post(
    "/{key}/submit",
    auth=may_write,
    response={200: DraftOut, **WRITE_REFUSALS},
    summary="Send an idea",
    openapi_extra={"x-scope": "entries:write"},
)
def submit(request: HttpRequest, key: int) -> Any:
    """Send a draft of yours: from now on it is public. Sent twice, it stands once."""
    entry = _own_entry(request, key)
    form = EntryForm({}, call=entry.call)
    try:
        actions.submit_entry(entry=entry, version=entry.version, by=request.user, at=timezone.now())
    except (CallClosed, Incomplete) as refusal:
        return _refused(form, refusal)
    return entry


@entries_router.post(
    "/{key}/files",
    auth=may_write,
    response={200: FileOut, **WRITE_REFUSALS},
    summary="Add a file",
    openapi_extra={"x-scope": "entries:write"},
)
def add_file(
    request: HttpRequest, key: int, file: File[UploadedFile], question: Query[int | None] = None
) -> Any:
    """Add a file to an idea of yours; with the number of a question for a file it is the answer to it."""
    entry = _own_entry(request, key)
    number = question or 0
    asked = entry.call.questions.filter(pk=number).first() if _is_key(number) else None
    if question is not None and asked is None:
        return Status(422, mistakes([("question", _("The call has no such question."))]))
    try:
        return actions.attach_to_entry(
            entry=entry, upload=examine(file), by=request.user, at=timezone.now(), question=asked
        )
    except FileRefused as refusal:
        return Status(422, mistakes([("file", refusal.message)]))
    except (CallClosed, Incomplete) as refusal:
        return _refused(EntryForm({}, call=entry.call), refusal)


def _own_entry(request: HttpRequest, key: int) -> Entry:
    entry = queries.entry_page(key) if _is_key(key) else None
    if entry is None or not rules.may_read_entry(request.user, rules.Held(entry)):
        raise Http404
    return entry


def _is_key(number: int) -> bool:
    return 0 < number <= LARGEST_KEY


_CALL_NAMES = (
    "slug",
    "language",
    "title",
    "summary",
    "entrants",
    "entries_open_at",
    "entries_close_at",
    "published_at",
    "source",
    "is_demo",
    "need",
    "offer",
    "kind",
    "is_sealed",
    "unsealed_at",
    "answers_due_on",
)


def _narrowed(rows: QuerySet[Any], **wanted: str | None) -> QuerySet[Any]:
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def _entries(rows: QuerySet[Entry], filters: EntryFilter) -> QuerySet[Entry]:
    narrowed = _narrowed(
        rows, state=filters.state, category__slug=filters.category, language=filters.language
    )
    return narrowed.order_by("-submitted_at", "pk")


def _form_data(call: Call, draft: DraftIn) -> dict[str, Any]:
    """Give the draft as the page's form would send it, so that both doors check alike."""
    category = call.categories.filter(slug=draft.category).first() if draft.category else None
    data = draft.dict() | {"writer": draft.key}
    data["category"] = category.pk if category is not None else draft.category and 0
    return data | {f"q_{question}": text for question, text in draft.responses.items()}


def _stray_answers(call: Call, draft: DraftIn) -> list[Fault]:
    written = call.questions.exclude(kind=Question.Kind.FILE)
    known = {str(key) for key in written.values_list("pk", flat=True)}
    words = _("The call has no such question, or it is answered with a file.")
    return [(f"responses.{key}", words) for key in sorted(draft.responses.keys() - known)]


def _form_errors(form: EntryForm) -> list[Fault]:
    names = {field_of(question): f"responses.{question.pk}" for question in form.questions}
    return [
        (names.get(name, name), words) for name, found in form.errors.items() for words in found
    ]


def _refused(form: EntryForm, refusal: CallClosed | Incomplete) -> "Status[Refusal]":
    if isinstance(refusal, CallClosed):
        return Status(409, Refusal(detail=_("This call takes no ideas now. The draft is kept.")))
    form.errors.clear()
    form.add_wrong(refusal.wrong)
    return Status(422, mistakes(_form_errors(form)))
