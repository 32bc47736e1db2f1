"""The rules of a call, and whether they stand; the seal on its entries."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from vuoksi.base.people.models import Role, User
from vuoksi.base.people.rules import Person
from vuoksi.lib import canonical
from vuoksi.loop.calls.engine import check_answer, entry_window
from vuoksi.loop.calls.models import Call, CallRules, Entry, FrozenRules, Phase, Response
from vuoksi.loop.calls.queries.reading import (
    IS_ANSWER,
    asked,
    choices_of,
    is_open,
    waiting_entries,
    what_is_wrong,
    windows_of,
)
from vuoksi.loop.calls.rules import SENT_ENTRIES, UNFINISHED

R = TypeVar("R", bound=FrozenRules)


def rules_data(call: Call) -> dict[str, Any]:
    """The rules of a call as plain data: what is frozen when sending opens."""
    return {
        "call": call.slug,
        "entrants": call.entrants,
        "is_sealed": call.is_sealed,
        "partners": sorted(call.partners.values_list("slug", flat=True)),
        "phases": [
            {"kind": row.kind, "opens_at": row.opens_at, "closes_at": row.closes_at}
            for row in windows_of(call)
        ],
        "categories": [
            {"slug": row.slug, "title": row.title} for row in call.categories.order_by("position")
        ],
        "questions": [
            {
                "number": row.pk,
                "kind": row.kind,
                "label": row.label,
                "choices": choices_of(row.choices),
                "is_required": row.is_required,
                "max_length": row.max_length,
                "low": row.low,
                "high": row.high,
                "currency": row.currency,
                **(
                    {"file_kinds": row.file_kinds, "most_mb": row.most_mb}
                    if row.kind == "file"
                    else {}
                ),
            }
            for row in call.questions.order_by("position")
        ],
    }


def next_rules(model: type[R], owner: Mapping[str, Any], data: object) -> R:
    """Make the next rules of `owner` ({"call": call}) from `data`, with their number and fingerprint; not saved."""
    return model(
        **owner,
        number=model._default_manager.filter(**owner).count() + 1,
        text=canonical.canonical(data),
        digest=canonical.digest(data),
    )


def rules_digest(call: Call) -> str:
    return canonical.digest(rules_data(call))


def rules_of(call: Call) -> QuerySet[CallRules]:
    return call.rule_sets.order_by("-number")


def do_rules_stand(call: Call, at: datetime) -> bool:
    """Whether sending has opened: from then on a change needs a reason. They stand for good, whatever dates become."""
    if call.state == Call.State.DRAFT:
        return False
    window = entry_window(windows_of(call))
    return call.rule_sets.exists() or (window is not None and window.opens_at <= at)


def calls_to_freeze(at: datetime) -> QuerySet[Call]:
    """Published calls whose sending has opened and whose rules are not kept yet."""
    opened = Phase.objects.filter(kind="entry", opens_at__lte=at).values("call")
    return Call.objects.filter(state=Call.State.PUBLISHED, pk__in=opened, rule_sets=None)


def is_seal_due(call: Call, at: datetime) -> bool:
    """Whether sealed entries may be opened: sending is over by its dates, or the call was closed."""
    if not call.is_sealed or call.unsealed_at is not None or call.state == Call.State.DRAFT:
        return False
    window = entry_window(windows_of(call))
    return call.state == Call.State.CLOSED or window is None or window.closes_at <= at


def calls_to_unseal(at: datetime) -> list[Call]:
    rows = Call.objects.filter(is_sealed=True, unsealed_at=None).exclude(state=Call.State.DRAFT)
    return [call for call in rows.prefetch_related("phases") if is_seal_due(call, at)]


def would_open_again(call: Call, at: datetime) -> bool:
    """Whether a call whose seal was broken would take entries again."""
    window = entry_window(windows_of(call))
    is_taking = window is not None and window.closes_at > at
    return call.unsealed_at is not None and call.state == Call.State.PUBLISHED and is_taking


def may_still_change(entry: Entry, at: datetime) -> bool:
    """A draft always; what was sent while sending is open, and later only what rules that changed since ask for anew."""
    if entry.state not in SENT_ENTRIES or is_open(entry.call, at):
        return True
    changed = entry.call.rule_sets.exclude(reason="").filter(at__gt=entry.edited_at).exists()
    return changed and bool(what_is_wrong(entry))


def lacking_entries(call: Call) -> list[Entry]:
    """Sent entries that lack what the call asks for by now, or answer wrongly. Four queries, whatever their number."""
    questions = [(row.pk, asked(row)) for row in call.questions.all()]
    has_categories = call.categories.exists()
    rows = list(entrants_entries(call).exclude(state=Entry.State.DRAFT))
    said: dict[int, dict[int, str]] = {}
    answers = Response.objects.filter(IS_ANSWER, entry__in=rows)
    for entry, question, text in answers.values_list("entry_id", "question_id", "text"):
        said.setdefault(entry, {})[question] = text
    return [
        row
        for row in rows
        if (has_categories and row.category_id is None)
        or any(check_answer(one, said.get(row.pk, {}).get(key, "")) for key, one in questions)
    ]


def entrants_entries(call: Call) -> QuerySet[Entry]:
    """Entries, begun or sent, that wait for no answer yet: whose authors a change of rules concerns."""
    return call.entries.filter(state__in=UNFINISHED).select_related("author", "call").order_by("pk")


def entrants_of(call: Call) -> QuerySet[User]:
    """People with accounts who write, alone or with others, for this call."""
    entries = entrants_entries(call).order_by()
    addresses = entries.filter(author=None).exclude(author_email="").values("author_email")
    return User.objects.filter(
        Q(pk__in=entries.exclude(author=None).values("author"))
        | Q(co_entries__entry__in=entries, co_entries__accepted_at__isnull=False)
        | Q(email__in=addresses)
    ).distinct()


def overdue_entries(user: Person, today: date) -> QuerySet[Entry]:
    """Entries whose promised day is over and that still wait for an answer this person may give."""
    return waiting_entries(user).filter(call__answers_due_on__lt=today)


def is_late(entry: Entry, at: datetime) -> bool:
    """Whether the day is over by which the call promised an answer, and there is none."""
    due = entry.call.answers_due_on
    is_waiting = entry.state == Entry.State.SUBMITTED
    return is_waiting and due is not None and due < localtime(at).date()


def calls_overdue(today: date) -> QuerySet[Call]:
    """Calls whose promised day is over while entries wait, and whose people were not told of it yet."""
    waiting = Entry.objects.filter(state=Entry.State.SUBMITTED, visibility="shown").values("call")
    late = Call.objects.filter(answers_due_on__lt=today, overdue_told_at=None, pk__in=waiting)
    return late.exclude(state=Call.State.DRAFT).order_by("pk")


def people_who_answer(call: Call) -> QuerySet[User]:
    """Coordinators and reviewers of the unit that owns the call; all of them where none does."""
    roles = (Role.COORDINATOR, Role.REVIEWER)
    people = User.objects.filter(role_grants__role__in=roles, is_active=True)
    if call.owner_id is not None:
        people = people.filter(memberships__organisation=call.owner_id)
    return people.distinct()
