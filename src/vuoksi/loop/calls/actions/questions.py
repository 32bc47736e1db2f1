"""What a call asks, and the categories in which entries compete."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from vuoksi.base.audit.actions import action, record, save_if_unchanged
from vuoksi.base.people.models import User
from vuoksi.loop.calls import rules
from vuoksi.loop.calls.actions.freezing import hold_rules, publish_change
from vuoksi.loop.calls.models import Call, Category, Question
from vuoksi.loop.calls.refusals import InUse

# Positions are unique: rows move out of the way before they take their new places.
_OUT_OF_THE_WAY = 10_000


@dataclass(frozen=True, slots=True)
class Asking:
    """One question as it should be; `pk` of the question that it changes, None for a new one."""

    kind: str
    label: str
    hint: str = ""
    choices: str = ""
    is_required: bool = False
    max_length: int = 2000
    pk: int | None = None
    low: int | None = None
    high: int | None = None
    file_kinds: str = "any"
    most_mb: int = 10


# What is asked of a question, by the names of its fields.
ASKED = tuple(one.name for one in fields(Asking) if one.name != "pk")


@dataclass(frozen=True, slots=True)
class Naming:
    """One category as it should be; `slug` is its name in addresses and exports."""

    slug: str
    title: str
    published_entry_count: int | None = None


@action
def set_questions(
    *,
    call: Call,
    questions: Sequence[Asking],
    version: int,
    by: User,
    at: datetime,
    reason: str = "",
) -> None:
    """Replace the call's questions by these, in this order. Raises InUse, EditedMeanwhile, RulesStand."""
    rules.check_write_call(by)
    before = hold_rules(call=call, at=at)
    save_if_unchanged(call, version=version)
    _write_questions(call, questions)
    publish_change(call=call, before=before, reason=reason, by=by, at=at)
    record(actor=by, verb="calls.set_questions", thing=call, at=at, questions=len(questions))


def _write_questions(call: Call, questions: Sequence[Asking]) -> None:
    kept = {asking.pk for asking in questions if asking.pk is not None}
    for old in call.questions.exclude(pk__in=kept):
        if old.responses.exists():
            raise InUse(old)
        old.delete()
    present = {old.pk: old for old in call.questions.all()}
    for old in present.values():
        old.position += _OUT_OF_THE_WAY
        old.save(update_fields=["position"])
    for position, asking in enumerate(questions):
        # A number that is not of this call is no question of this call: it begins a new one.
        question = present.get(asking.pk or 0) or Question(call=call, language=call.language)
        for name in ASKED:
            setattr(question, name, getattr(asking, name))
        question.position = position
        question.save()


@action
def set_categories(
    *,
    call: Call,
    categories: Sequence[Naming],
    version: int,
    by: User,
    at: datetime,
    reason: str = "",
) -> None:
    """Replace the call's categories by these, in this order. Raises InUse, EditedMeanwhile, RulesStand."""
    rules.check_write_call(by)
    before = hold_rules(call=call, at=at)
    save_if_unchanged(call, version=version)
    _write_categories(call, categories)
    publish_change(call=call, before=before, reason=reason, by=by, at=at)
    record(actor=by, verb="calls.set_categories", thing=call, at=at, categories=len(categories))


def _write_categories(call: Call, categories: Sequence[Naming]) -> None:
    for old in call.categories.exclude(slug__in=[naming.slug for naming in categories]):
        if old.entries.exists():
            raise InUse(old)
        old.delete()
    for position, naming in enumerate(categories):
        values = {
            "position": position,
            "title": naming.title,
            "published_entry_count": naming.published_entry_count,
        }
        Category.objects.update_or_create(
            call=call,
            slug=naming.slug,
            defaults=values,
            create_defaults={**values, "language": call.language},
        )
