"""A call of one kind, begun from its template."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import Model
from django.utils.timezone import get_current_timezone

from vuoksi.base.audit.actions import action, record
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.models import User
from vuoksi.base.texts.actions import translate
from vuoksi.base.texts.models import Translation
from vuoksi.loop.calls import rules
from vuoksi.loop.calls.actions.calls import create_call
from vuoksi.loop.calls.actions.questions import Asking, Naming, set_categories, set_questions
from vuoksi.loop.calls.engine import Window
from vuoksi.loop.calls.models import Call
from vuoksi.loop.calls.recipes import LANGUAGES, RECIPES, Ask, Recipe, Span, Text
from vuoksi.loop.calls.registry import tell_started
from vuoksi.strategy.models import Goal

OPENS, CLOSES = time(9), time(16)


@action
def start_from_template(
    *,
    kind: str,
    slug: str,
    title: str,
    language: str,
    first_day: date,
    by: User,
    at: datetime,
    goal: Goal | None = None,
    owner: Organisation | None = None,
    partners: Iterable[Organisation] = (),
    is_demo: bool = False,
) -> Call:
    """Make a draft of a call of `kind`, in `language`, sending from `first_day` on; its other languages come with it.

    A title of one's own is not translated. Raises KeyError for a kind or language without a template.
    """
    rules.check_write_call(by)
    recipe = RECIPES[kind]
    call = create_call(
        slug=slug,
        kind=kind,
        language=language,
        title=title,
        summary=recipe.summary[language],
        need=recipe.need[language],
        offer=recipe.offer[language],
        entrants=recipe.entrants,
        is_sealed=recipe.is_sealed,
        answers_due_on=first_day + timedelta(days=recipe.answers_after_days),
        windows=[_window(span, first_day) for span in recipe.phases],
        goal=goal,
        owner=owner,
        partners=partners if recipe.is_joint else (),
        is_demo=is_demo,
        by=by,
        at=at,
    )
    _set_categories(call, recipe, by, at)
    _set_questions(call, recipe, by, at)
    texts = {"summary": recipe.summary, "need": recipe.need, "offer": recipe.offer}
    if title == recipe.title[language]:
        texts["title"] = recipe.title
    add_languages(thing=call, texts=texts, by=by, at=at)
    record(actor=by, verb="calls.start_from_template", thing=call, at=at, kind=kind)
    tell_started(call=call, by=by, at=at)
    return call


@action
def add_languages(
    *, thing: Model, texts: Mapping[str, Text | None], by: User, at: datetime
) -> None:
    """Translate `thing`, written in one of the templates' languages, into the others."""
    written_in = getattr(thing, "language", "")
    for language in LANGUAGES:
        words = {field: text[language] for field, text in texts.items() if text is not None}
        if language != written_in:
            state = Translation.State.HUMAN
            translate(thing=thing, language=language, texts=words, state=state, by=by, at=at)


def _window(span: Span, first_day: date) -> Window:
    zone = get_current_timezone()
    opens, closes = (first_day + timedelta(days=day) for day in (span.first_day, span.last_day))
    return Window(
        span.kind,
        datetime.combine(opens, OPENS, tzinfo=zone),
        datetime.combine(closes, CLOSES, tzinfo=zone),
    )


def _set_categories(call: Call, recipe: Recipe, by: User, at: datetime) -> None:
    if not recipe.categories:
        return
    named = [Naming(slug, title[call.language]) for slug, title in recipe.categories.items()]
    set_categories(call=call, categories=named, version=call.version, by=by, at=at)
    for row in call.categories.all():
        add_languages(thing=row, texts={"title": recipe.categories[row.slug]}, by=by, at=at)


def _set_questions(call: Call, recipe: Recipe, by: User, at: datetime) -> None:
    asked = [_asking(ask, call.language) for ask in recipe.questions]
    set_questions(call=call, questions=asked, version=call.version, by=by, at=at)
    for ask, row in zip(recipe.questions, call.questions.order_by("position"), strict=True):
        texts = {"label": ask.label, "hint": ask.hint, "choices": ask.choices}
        add_languages(thing=row, texts=texts, by=by, at=at)


def _asking(ask: Ask, language: str) -> Asking:
    return Asking(
        kind=ask.kind,
        label=ask.label[language],
        hint=ask.hint[language] if ask.hint else "",
        choices=ask.choices[language] if ask.choices else "",
        is_required=ask.is_required,
        max_length=ask.max_length,
        low=ask.low,
        high=ask.high,
        file_kinds=ask.file_kinds,
    )
