"""Calls and ideas for programs: reading needs no key, writing a token with the scope `entries:write`."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from vuoksi.base.lists.answers import READ_REFUSALS, WRITE_REFUSALS, FieldError, Refusal
from vuoksi.base.lists.paging import paginated
from vuoksi.base.people.tokens import TokenAuth
from vuoksi.loop.calls import actions, queries, rules, tables
from vuoksi.loop.calls.engine import Stage
from vuoksi.loop.calls.forms import EntryForm
from vuoksi.loop.calls.models import Call, Entry
from vuoksi.loop.calls.refusals import CallClosed, Incomplete, field_of

router = Router(tags=["calls"])
entries_router = Router(tags=["ideas"])
may_write = TokenAuth("entries:write")

# The largest key that both databases accept.
LARGEST_KEY = 2**63 - 1


class PhaseOut(Schema):
    kind: str
    opens_at: datetime
    closes_at: datetime


class QuestionOut(Schema):
    id: int
    kind: str
    language: str
    label: str
    hint: str
    choices: list[str]
    is_required: bool
    max_length: int
    low: int | None
    high: int | None
    currency: str

    @staticmethod
    def resolve_choices(row: Any) -> list[str]:
        return list(queries.choices_of(row.choices))


class CategoryOut(Schema):
    slug: str
    title: str
    published_entry_count: int | None


class CallOut(Schema):
    """One call. `state` says where it stands at this moment: open, upcoming or closed."""

    slug: str
    language: str
    title: str
    summary: str
    state: str = Field(alias="stage")
    entrants: str
    goal: str | None = Field(None, alias="goal.slug")
    owner: str | None = Field(None, alias="owner.name")
    entries_open_at: datetime | None
    entries_close_at: datetime | None
    published_at: datetime | None
    entry_count: int
    source: str
    is_demo: bool
    kind: str
    is_sealed: bool
    unsealed_at: datetime | None
    answers_due_on: date | None


class RulesOut(Schema):
    """Rules as they were frozen: `text` is the canonical JSON whose SHA-256 is `digest`."""

    number: int
    digest: str
    text: str
    reason: str
    reopened: int
    at: datetime


class WholeCallOut(CallOut):
    need: str
    offer: str
    phases: list[PhaseOut]
    questions: list[QuestionOut]
    categories: list[CategoryOut]
    partners: list[str]
    rules: list[RulesOut]


class AnswerOut(Schema):
    outcome: str
    language: str
    text: str
    organisation: str | None = Field(None, alias="organisation.name")
    at: datetime


class ResponseOut(Schema):
    question: int = Field(alias="question_id")
    language: str
    text: str


class EntryOut(Schema):
    """One idea. `state` is submitted, accepted or refused; `supports` and `comments` are counts."""

    id: int
    call: str = Field(alias="call.slug")
    category: str | None = Field(None, alias="category.slug")
    language: str
    title: str
    summary: str
    authors: list[str] = Field(alias="names")
    state: str
    award: str
    citation: str
    submitted_at: datetime | None
    supports: int = Field(alias="supports_here")
    comments: int = Field(alias="comments_here")
    source: str
    is_demo: bool


class WholeEntryOut(EntryOut):
    responses: list[ResponseOut]
    answer: AnswerOut | None


class DraftIn(Schema):
    """An idea to be kept as a draft. The same `key` sent again changes the same draft, so a retry is safe.

    `version` is that of the text you changed, 0 for a new one; `responses` maps a question's number to the answer.
    """

    key: UUID = Field(default_factory=uuid4)
    version: int = Field(0, ge=0, le=2**31 - 1)
    language: str = Field(description="The language you write in, such as fi")
    title: str = ""
    summary: str = ""
    author_name: str = ""
    category: str = Field("", description="The category's short name")
    responses: dict[str, str] = {}


class DraftOut(Schema):
    id: int
    key: UUID
    version: int
    state: str
    title: str
    edited_at: datetime


class CallFilter(Schema):
    state: Literal["open", "upcoming", "closed"] | None = None
    goal: str | None = Field(None, max_length=60, pattern=r"^[-\w]+$")
    language: str | None = Field(None, max_length=8, pattern=r"^[-\w]+$")


class EntryFilter(Schema):
    state: Literal["submitted", "accepted", "refused"] | None = None
    category: str | None = Field(None, max_length=60, pattern=r"^[-\w]+$")
    language: str | None = Field(None, max_length=8, pattern=r"^[-\w]+$")


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
        return Status(422, _refusal(stray + _form_errors(form)))
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
    entry = queries.entry_page(key) if 0 < key <= LARGEST_KEY else None
    if entry is None or not rules.may_read_entry(request.user, rules.Held(entry)):
        raise Http404
    form = EntryForm({}, call=entry.call)
    try:
        actions.submit_entry(entry=entry, version=entry.version, by=request.user, at=timezone.now())
    except (CallClosed, Incomplete) as refusal:
        return _refused(form, refusal)
    return entry


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


def _stray_answers(call: Call, draft: DraftIn) -> list[FieldError]:
    known = {str(key) for key in call.questions.values_list("pk", flat=True)}
    words = _("The call has no such question.")
    return [
        FieldError(field=f"responses.{key}", message=words)
        for key in sorted(draft.responses.keys() - known)
    ]


def _form_errors(form: EntryForm) -> list[FieldError]:
    names = {field_of(question): f"responses.{question.pk}" for question in form.questions}
    return [
        FieldError(field=names.get(name, name), message=str(words))
        for name, found in form.errors.items()
        for words in found
    ]


def _refusal(errors: list[FieldError]) -> Refusal:
    return Refusal(detail=_("What was sent has mistakes."), errors=errors)


def _refused(form: EntryForm, refusal: CallClosed | Incomplete) -> "Status[Refusal]":
    if isinstance(refusal, CallClosed):
        return Status(409, Refusal(detail=_("This call takes no ideas now. The draft is kept.")))
    form.errors.clear()
    form.add_wrong(refusal.wrong)
    return Status(422, _refusal(_form_errors(form)))
