"""Calls, entries and what belongs to them, as their readers need them."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    Case,
    Count,
    F,
    FilteredRelation,
    IntegerField,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)

from vuoksi.base.files.models import Attachment
from vuoksi.base.files.queries import attachments_of
from vuoksi.base.people.models import User
from vuoksi.base.people.rules import Person, is_administrator, is_city_staff
from vuoksi.base.texts import queries as texts
from vuoksi.loop.calls.engine import (
    Asked,
    Stage,
    Window,
    accepts_entries,
    check_answer,
    entry_window,
    in_order,
)
from vuoksi.loop.calls.models import Answer, Call, CoAuthor, Entry, EntryLink, Question, Response
from vuoksi.loop.calls.refusals import field_of
from vuoksi.loop.calls.rules import IS_PUBLIC, IS_SENT, PUBLIC_CALLS, UNFINISHED
from vuoksi.loop.calls.words import limits, shown_answer
from vuoksi.strategy.models import Goal

# What must be written before a call can be published; when ideas can be sent is asked for apart.
NEEDED_TO_PUBLISH = ("title", "summary", "need")
# How calls stand in a list: what one can do now first.
ORDER = (Stage.OPEN, Stage.UPCOMING, Stage.CLOSED)
# Words that were written before a question became one for a file are no answer to it.
IS_ANSWER = ~Q(question__kind=Question.Kind.FILE, attachment=None)


def public_calls(user: Person | None = None) -> QuerySet[Call]:
    """Calls that everybody may read; city staff also see the drafts."""
    calls = Call.objects.select_related("goal", "owner")
    if user is not None and is_city_staff.test(user):
        return calls
    return calls.filter(state__in=PUBLIC_CALLS)


def with_stage(calls: QuerySet[Call], at: datetime) -> QuerySet[Any]:
    """Give each call `entries_open_at`, `entries_close_at` and `stage_order`: 0 open, 1 upcoming, 2 closed."""
    opens, closes = F("entry_phase__opens_at"), F("entry_phase__closes_at")
    published = Q(state=Call.State.PUBLISHED)
    return calls.annotate(
        entry_phase=FilteredRelation("phases", condition=Q(phases__kind="entry")),
        entries_open_at=opens,
        entries_close_at=closes,
        stage_order=Case(
            When(
                published & Q(entry_phase__opens_at__lte=at, entry_phase__closes_at__gt=at),
                then=Value(ORDER.index(Stage.OPEN)),
            ),
            When(
                Q(state=Call.State.DRAFT) | published & Q(entry_phase__opens_at__gt=at),
                then=Value(ORDER.index(Stage.UPCOMING)),
            ),
            default=Value(ORDER.index(Stage.CLOSED)),
            output_field=IntegerField(),
        ),
    )


def calls_at_stage(calls: QuerySet[Call], stage: Stage, at: datetime) -> QuerySet[Any]:
    return with_stage(calls, at).filter(stage_order=ORDER.index(stage))


def open_calls(at: datetime) -> QuerySet[Any]:
    """Public calls that take entries at this moment, the one that closes first first."""
    return calls_at_stage(public_calls(), Stage.OPEN, at).order_by("entries_close_at", "pk")


def goals_with_calls() -> QuerySet[Goal]:
    """Goals that some public call serves."""
    return Goal.objects.filter(calls__state__in=PUBLIC_CALLS).distinct().order_by("title", "pk")


def languages_of(rows: QuerySet[Any]) -> list[str]:
    """Languages in which `rows` (calls, entries) are written."""
    return list(rows.order_by("language").values_list("language", flat=True).distinct())


def windows_of(call: Call) -> list[Window]:
    return in_order(
        Window(phase.kind, phase.opens_at, phase.closes_at) for phase in call.phases.all()
    )


def is_open(call: Call, at: datetime) -> bool:
    return call.state == Call.State.PUBLISHED and accepts_entries(windows_of(call), at)


def stage_of(call: Call, windows: Iterable[Window], at: datetime) -> Stage:
    """Where the call stands: as its entry phase says, unless it is a draft or was closed."""
    window = entry_window(windows)
    if call.state == Call.State.DRAFT:
        return Stage.UPCOMING
    if call.state == Call.State.CLOSED or window is None:
        return Stage.CLOSED
    return window.stage(at)


def missing_before_publishing(call: Call) -> list[str]:
    """Name what a call needs before it can be published."""
    missing = [name for name in NEEDED_TO_PUBLISH if not getattr(call, name).strip()]
    if entry_window(windows_of(call)) is None:
        missing.append("phases")
    if call.kind == Call.Kind.JOINT and not call.partners.exists():
        missing.append("partners")
    return missing


def questions_of(call: Call) -> list[Question]:
    """The questions with their texts and, in words, their limits."""
    rows = texts.attach(call.questions.order_by("position"))
    for row in rows:
        row.limits = limits(row)  # type: ignore[attr-defined]  # for templates
    return rows


def asked(question: Question) -> Asked:
    """Give the question as the engine knows it; the choices in the language the call was written in."""
    return Asked(
        question.kind,
        question.is_required,
        question.max_length,
        choices_of(question.choices),
        question.low,
        question.high,
        question.file_kinds,
        question.most_mb,
    )


def choices_of(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def entry_counts(calls: Iterable[Call]) -> dict[int, int]:
    """Number of entries sent to each call, in one query; the published number of a call that ran elsewhere.

    Sealed entries are counted: that they came is no secret, what they say is.
    """
    rows = list(calls)
    counted = (
        Entry.objects.filter(IS_SENT, call__in=rows)
        .order_by()
        .values_list("call_id")
        .annotate(n=Count("pk"))
    )
    here = dict(counted)
    return {
        call.pk: here.get(call.pk, 0)
        if call.published_entry_count is None
        else call.published_entry_count
        for call in rows
    }


def public_entries(user: Person | None = None) -> QuerySet[Entry]:
    """Entries that everybody may read: also those that do not go forward."""
    return (
        Entry.objects.filter(IS_PUBLIC, call__state__in=PUBLIC_CALLS)
        .select_related("call", "category", "author")
        .prefetch_related(accepted_co_authors())
    )


def entries_of(call: Call) -> QuerySet[Entry]:
    """Public entries of one call. The call is known to be readable, so the list needs one index only."""
    return (
        Entry.objects.filter(IS_PUBLIC, call=call)
        .select_related("call", "category", "author")
        .prefetch_related(accepted_co_authors())
    )


def accepted_co_authors() -> Prefetch[str]:
    accepted = CoAuthor.objects.filter(accepted_at__isnull=False).select_related("user")
    return Prefetch("co_authors", queryset=accepted, to_attr="accepted_authors")


def awarded_entries(call: Call) -> QuerySet[Entry]:
    return entries_of(call).filter(award__gt="").order_by("category__position", "pk")


def entries_by(user: User) -> QuerySet[Entry]:
    """What a person wrote, alone or with others, entered for somebody, or sent from their address without an account."""
    return (
        Entry.objects.filter(
            Q(author=user)
            | Q(entered_by=user)
            | Q(author=None, author_email=user.email.lower())
            | Q(
                pk__in=CoAuthor.objects.filter(user=user, accepted_at__isnull=False).values("entry")
            )
        )
        .select_related("call", "category", "author")
        .prefetch_related(accepted_co_authors())
    )


def entries_written_by(user: User) -> QuerySet[Entry]:
    """Entries whose first author a person is, by their account or by their address."""
    by_address = Q(author=None, author_email__iexact=user.email)
    return Entry.objects.filter(Q(author=user) | by_address).order_by("pk")


def entries_tied_to(user: User) -> QuerySet[Entry]:
    """Entries that a person wrote first or entered for somebody."""
    by_address = Q(author=None, author_email__iexact=user.email)
    mine = Q(author=user) | Q(entered_by=user) | by_address
    return Entry.objects.filter(mine).order_by("pk")


def entries_sent_by(author: User | None, address: str) -> QuerySet[Entry]:
    """Entries that came from a person, or from an address without an account; one or the other is given."""
    if author is not None:
        return Entry.objects.filter(author=author)
    return (
        Entry.objects.filter(author=None, author_email=address) if address else Entry.objects.none()
    )


def entry_page(pk: int) -> Entry | None:
    return (
        Entry.objects.select_related("call__goal", "call__owner", "category", "author")
        .prefetch_related(accepted_co_authors())
        .filter(pk=pk)
        .first()
    )


def entry_by_key(key: UUID) -> Entry | None:
    return Entry.objects.select_related("call").filter(key=key).first()


def responses_of(entry: Entry) -> list[Response]:
    """Answers to the call's questions in the order of the questions, both with their texts."""
    answers = entry.responses.select_related("question", "attachment")
    rows = texts.attach(answers.order_by("question__position"))
    texts.attach([row.question for row in rows])
    for row in rows:
        row.shown = shown_answer(row.question, row.text)  # type: ignore[attr-defined]  # for templates
    return rows


def other_files(entry: Entry, responses: Iterable[Response]) -> list[Attachment]:
    """Files that answer no question: those stand with their questions."""
    answers = {one.attachment_id for one in responses}
    return [one for one in attachments_of([entry]).get(str(entry.pk), []) if one.pk not in answers]


def response_texts(entry: Entry) -> dict[int, str]:
    """All answers by question; that of a question for a file is the file's name."""
    return dict(entry.responses.filter(IS_ANSWER).values_list("question_id", "text"))


def written_texts(entry: Entry) -> dict[int, str]:
    """The answers that were written, without files."""
    return dict(entry.responses.filter(attachment=None).values_list("question_id", "text"))


def answering_files(entry: Entry) -> dict[int, Attachment]:
    """The files that answer questions, by question."""
    rows = entry.responses.exclude(attachment=None).select_related("attachment")
    return {row.question_id: row.attachment for row in rows if row.attachment is not None}


def current_answer(entry: Entry) -> Answer | None:
    return entry.answers.filter(is_current=True).select_related("organisation", "by").first()


def earlier_answers(entry: Entry) -> QuerySet[Answer]:
    return entry.answers.filter(is_current=False).select_related("organisation").order_by("-at")


def names_of(entry: Entry) -> list[str]:
    """Names shown with an entry that came from a list (`accepted_authors` fetched): its own first, then co-authors.

    None while a panel judges the call's entries without knowing who wrote them.
    """
    if entry.call.are_names_hidden:
        return []
    own = entry.author_name or (entry.author.name if entry.author is not None else "")
    others = [row.user.name for row in entry.accepted_authors]  # type: ignore[attr-defined]  # prefetched
    return [name for name in (own, *others) if name]


def authors_of(entry: Entry) -> list[User]:
    """People with accounts who wrote the entry; the owner of the address it came from too, once there is an account."""
    people = User.objects.filter(
        Q(pk=entry.author_id) | Q(co_entries__entry=entry, co_entries__accepted_at__isnull=False)
    )
    if entry.author_id is None and entry.author_email:
        people = people | User.objects.filter(email__iexact=entry.author_email)
    return list(people.filter(is_active=True).distinct().order_by("pk"))


def waiting_entries(user: Person) -> QuerySet[Entry]:
    """Entries that wait for an answer this person may give, the oldest first."""
    waiting = public_entries().filter(state=Entry.State.SUBMITTED).order_by("submitted_at", "pk")
    if isinstance(user, AnonymousUser):
        return waiting.none()
    if is_administrator.test(user):
        return waiting
    units = user.memberships.values("organisation")
    return waiting.filter(Q(call__owner=None) | Q(call__owner__in=units))


def what_is_wrong(entry: Entry) -> dict[str, str]:
    """Name what keeps the entry from being sent, by field."""
    wrong = {name: "missing" for name in ("title", "summary") if not getattr(entry, name).strip()}
    if entry.category_id is None and entry.call.categories.exists():
        wrong["category"] = "missing"
    given = response_texts(entry)
    for question in entry.call.questions.order_by("position"):
        fault = check_answer(asked(question), given.get(question.pk, ""))
        if fault is not None:
            wrong[field_of(question)] = str(fault)
    return wrong


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def link_by_token(token: str) -> EntryLink | None:
    return link_by_digest(digest_of(token))


def link_by_digest(digest: str) -> EntryLink | None:
    return EntryLink.objects.select_related("call", "entry").filter(digest=digest).first()


def links_sent_since(email: str, since: datetime) -> int:
    return EntryLink.objects.filter(email=email, created_at__gt=since).count()


def unfinished_entry_from(call: Call, email: str) -> Entry | None:
    """Give the newest entry of this address in this call that can still be changed."""
    mine = Entry.objects.filter(call=call, author=None, author_email=email, state__in=UNFINISHED)
    return mine.order_by("-created_at", "-pk").first()


def invitation_by_token(token: str) -> CoAuthor | None:
    return (
        CoAuthor.objects.select_related("entry__call", "entry__author")
        .filter(digest=digest_of(token))
        .first()
    )
