"""Pages of coordinators: make a call, change it, publish and close it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.forms.formsets import BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.lists.conflicts import version_in
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach
from vuoksi.loop.calls import actions, queries, rules
from vuoksi.loop.calls.downstream import offers_on_call
from vuoksi.loop.calls.forms import (
    CallForm,
    CategoryRows,
    NewCallForm,
    PhasesForm,
    QuestionRows,
    ReasonForm,
    StartForm,
)
from vuoksi.loop.calls.forms.calls import CALL_FIELDS, phase_initial
from vuoksi.loop.calls.forms.questions import category_rows, question_rows
from vuoksi.loop.calls.models import Call
from vuoksi.loop.calls.recipes import LANGUAGES, RECIPES
from vuoksi.loop.calls.refusals import InUse, NotReady, RulesStand
from vuoksi.loop.calls.views.doors import find_call, phase_steps, take_version

# What a new call suggests: six weeks for ideas, answers two months later.
ENTRY_TIME = timedelta(weeks=6)
ANSWER_TIME = timedelta(weeks=8)

MISSING = {
    "title": gettext_lazy("a title"),
    "summary": gettext_lazy("a summary"),
    "need": gettext_lazy("what is needed and why"),
    "phases": gettext_lazy("when ideas can be sent"),
    "partners": gettext_lazy("the partner cities of a joint call"),
}
# Why rules that stand were not changed.
STANDING = {
    "reason": gettext_lazy("Sending has opened, so say why this changes."),
    "sealed": gettext_lazy("Whether ideas are sealed cannot change once sending has opened."),
    "unsealed": gettext_lazy("The ideas have been unsealed, so sending cannot open again."),
}


@login_required
def kinds(request: HttpRequest) -> HttpResponse:
    """The kinds of call, with what each is for."""
    rules.check_write_call(request.user)
    rows = [(recipe, Call.Kind(recipe.kind).label) for recipe in RECIPES.values()]
    return render(request, "calls/kinds.html", {"kinds": rows})


@login_required
def start(request: HttpRequest, kind: str) -> HttpResponse:
    """Begin a call from the template of its kind."""
    rules.check_write_call(request.user)
    recipe = RECIPES.get(kind)
    if recipe is None:
        raise Http404
    at = timezone.now()
    language = _written_in()
    initial = {
        "title": recipe.title[language],
        "first_day": timezone.localtime(at + timedelta(days=1)).date(),
    }
    form = StartForm(request.POST or None, initial=initial, is_joint=recipe.is_joint)
    if request.method == "POST" and form.is_valid():
        row = actions.start_from_template(
            kind=kind, language=language, by=signed_in(request), at=at, **form.cleaned_data
        )
        messages.success(
            request, _("The call is a draft. Look through its parts, then publish it.")
        )
        return redirect("calls:manage", row.slug)
    context = {
        "form": form,
        "recipe": recipe,
        "label": Call.Kind(kind).label,
        "summary": recipe.summary[language],
        "questions": [ask.label[language] for ask in recipe.questions],
        "categories": [title[language] for title in recipe.categories.values()],
    }
    return render(request, "calls/start.html", context, status=status_of(form))


@login_required
def create(request: HttpRequest) -> HttpResponse:
    """Make a call on one page; publish it at once, or keep it as a draft."""
    rules.check_write_call(request.user)
    at = timezone.now()
    form = NewCallForm(request.POST or None, initial=_suggestions(at))
    if request.method != "POST" or not form.is_valid():
        return render(request, "calls/new.html", {"form": form}, status=status_of(form))
    row = actions.create_call(
        slug=form.cleaned_data["slug"],
        windows=form.cleaned_data["windows"],
        by=signed_in(request),
        at=at,
        **form.changes(),
    )
    if request.POST.get("do") == "publish":
        return _publish(request, row, at)
    messages.success(request, _("The call is a draft. Only city staff see it."))
    return redirect("calls:manage", row.slug)


@login_required
def manage(request: HttpRequest, slug: str) -> HttpResponse:
    """All that can be done with a call, and what it still lacks."""
    row = find_call(request, slug)
    rules.check_write_call(request.user, row)
    at = timezone.now()
    context = {
        "call": row,
        "missing": _missing(row),
        "stage": queries.stage_of(row, queries.windows_of(row), at),
        "steps": phase_steps(queries.windows_of(row), at),
        "questions": queries.questions_of(row),
        "categories": attach(row.categories.order_by("position")),
        "rule_sets": queries.rules_of(row),
        "is_joint": row.partners.exists(),
        "offers": offers_on_call(request.user, row),
        "entry_count": queries.entry_counts([row])[row.pk],
        "waiting": queries.entries_of(row).filter(state="submitted").count(),
    }
    return render(request, "calls/manage.html", context)


@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the words of a call. Two people who edit at once see both texts."""
    row = find_call(request, slug)
    rules.check_write_call(request.user, row)
    at = timezone.now()
    initial = {name: getattr(row, name) for name in (*CALL_FIELDS, "version")}
    initial["partners"] = list(row.partners.all())
    form = CallForm(request.POST or None, initial=initial, stands=queries.do_rules_stand(row, at))
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_call(
                call=row,
                version=form.cleaned_data["version"],
                reason=form.cleaned_data.get("reason", ""),
                by=signed_in(request),
                at=at,
                **form.changes(),
            )
            return _saved(request, row)
        except EditedMeanwhile as conflict:
            theirs = _theirs(conflict)
            take_version(form, theirs.version)
        except RulesStand as refusal:
            _say_why(form, refusal)
    context = {"form": form, "call": row, "theirs": theirs}
    return render(request, "calls/edit.html", context, status=status_of(form, meanwhile=theirs))


@login_required
def phases(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_call(request, slug)
    rules.check_write_call(request.user, row)
    at = timezone.now()
    stands = queries.do_rules_stand(row, at)
    form = PhasesForm(request.POST or None, initial=phase_initial(row), stands=stands)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_phases(
                call=row,
                windows=form.cleaned_data["windows"],
                version=form.cleaned_data["version"],
                reason=form.cleaned_data.get("reason", ""),
                by=signed_in(request),
                at=at,
            )
            return _saved(request, row)
        except EditedMeanwhile as conflict:
            theirs = _theirs(conflict)
            take_version(form, theirs.version)
        except RulesStand as refusal:
            _say_why(form, refusal)
    context = {"form": form, "call": row, "theirs": theirs}
    return render(request, "calls/phases.html", context, status=status_of(form, meanwhile=theirs))


@login_required
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_call(request, slug)
    rules.check_write_call(request.user, row)
    rows = QuestionRows(request.POST or None, initial=question_rows(row), prefix="questions")

    def save(version: int, reason: str) -> None:
        actions.set_questions(
            call=row,
            questions=rows.questions(),
            version=version,
            reason=reason,
            by=signed_in(request),
            at=timezone.now(),
        )

    return _rows_page(request, row, rows, save, "calls/questions.html")


@login_required
def categories(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_call(request, slug)
    rules.check_write_call(request.user, row)
    rows = CategoryRows(request.POST or None, initial=category_rows(row), prefix="categories")

    def save(version: int, reason: str) -> None:
        actions.set_categories(
            call=row,
            categories=rows.categories(row),
            version=version,
            reason=reason,
            by=signed_in(request),
            at=timezone.now(),
        )

    return _rows_page(request, row, rows, save, "calls/categories.html")


@require_POST
@login_required
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    return _publish(request, find_call(request, slug), timezone.now())


@require_POST
@login_required
def close(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_call(request, slug)
    actions.close_call(call=row, by=signed_in(request), at=timezone.now())
    messages.success(request, _("The call is closed. Its ideas stay readable."))
    return redirect("calls:manage", row.slug)


@require_POST
@login_required
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_call(request, slug)
    try:
        actions.reopen_call(call=row, by=signed_in(request), at=timezone.now())
    except RulesStand as refusal:
        messages.error(request, str(STANDING[refusal.why]))
    else:
        words = _("The call is published again; its phases say when ideas can be sent.")
        messages.success(request, words)
    return redirect("calls:manage", row.slug)


def _rows_page(
    request: HttpRequest,
    row: Call,
    rows: BaseFormSet[Any],
    save: Callable[[int, str], None],
    template: str,
) -> HttpResponse:
    """Show and save the rows of a call: questions, categories."""
    stands = queries.do_rules_stand(row, timezone.now())
    why = ReasonForm(request.POST or None) if stands else None
    theirs, trouble = None, ""
    is_valid = rows.is_valid() and (why is None or why.is_valid())
    if request.method == "POST" and is_valid:
        try:
            save(version_in(request.POST), why.cleaned_data["reason"] if why is not None else "")
            return _saved(request, row, request.POST.get("next", ""))
        except EditedMeanwhile as conflict:
            theirs = _theirs(conflict)
        except InUse as refusal:
            trouble = _("“%(thing)s” has answers from people, so it cannot be taken away.") % {
                "thing": refusal.thing
            }
        except RulesStand as refusal:
            _say_why(why or ReasonForm(), refusal)
    context = {
        "rows": rows,
        "why": why,
        "call": row,
        "theirs": theirs,
        "trouble": trouble,
        "version": row.version if theirs is None else theirs.version,
    }
    status = status_of(rows, why, refused=trouble, meanwhile=theirs)
    return render(request, template, context, status=status)


def _publish(request: HttpRequest, row: Call, at: datetime) -> HttpResponse:
    try:
        actions.publish_call(call=row, by=signed_in(request), at=at)
    except NotReady as refusal:
        lacking = ", ".join(str(MISSING[name]) for name in refusal.missing)
        words = _("The call is saved as a draft. To be published it needs: %(lacking)s.")
        messages.error(request, words % {"lacking": lacking})
        return redirect("calls:manage", row.slug)
    messages.success(request, _("The call is published."))
    return redirect(row)


def _say_why(form: Form, refusal: RulesStand) -> None:
    """Say at the field that a reason is wanted, or above the form that this cannot be changed any more."""
    field = "reason" if refusal.why == "reason" and "reason" in form.fields else None
    form.add_error(field, str(STANDING[refusal.why]))


def _written_in() -> str:
    """A template is written in the reader's language if it has it."""
    language = get_language() or "en"
    return language if language in LANGUAGES else "en"


def _saved(request: HttpRequest, row: Call, wish: str = "") -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(request.path) if wish == "more" else redirect("calls:manage", row.slug)


def _theirs(conflict: EditedMeanwhile) -> Call:
    """Give the call as somebody else has just saved it."""
    assert isinstance(conflict.thing, Call)
    return conflict.thing


def _missing(row: Call) -> list[Any]:
    return [MISSING[name] for name in queries.missing_before_publishing(row)]


def _suggestions(at: datetime) -> dict[str, Any]:
    """A new call opens tomorrow at nine."""
    opens = timezone.localtime(at + timedelta(days=1)).replace(hour=9, minute=0, second=0)
    closes = (opens + ENTRY_TIME).replace(hour=16)
    return {
        "language": get_language() or "en",
        "entrants": Call.Entrants.ANYBODY,
        "entry_opens": opens,
        "entry_closes": closes,
        "decision_opens": closes,
        "decision_closes": closes + ANSWER_TIME,
    }
