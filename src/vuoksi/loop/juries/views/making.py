"""A panel before it opens, and changes of rules that stand."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.lists.conflicts import differences, version_in
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach
from vuoksi.loop.juries import actions, queries, rules
from vuoksi.loop.juries.forms import (
    PANEL_FIELDS,
    ChangeForm,
    CriterionRows,
    FinalistsForm,
    JurorForm,
    PanelForm,
    ReasonForm,
    criterion_rows,
)
from vuoksi.loop.juries.models import Panel
from vuoksi.loop.juries.pictures import proposed_finalists
from vuoksi.loop.juries.refusals import StillUsed
from vuoksi.loop.juries.views.doors import find_call, find_panel

JUDGING_TIME = timedelta(weeks=3)


@login_required
def panels(request: HttpRequest, slug: str) -> HttpResponse:
    """All panels of a call, for those who lead them."""
    call = find_call(request, slug)
    rules.check_steer_panel(request.user)
    rows = attach(queries.panels_of(call))
    progress = queries.progress_of_all(rows)
    context = {"call": call, "panels": [(row, progress[row.pk]) for row in rows]}
    return render(request, "juries/panels.html", context)


@login_required
def create(request: HttpRequest, slug: str) -> HttpResponse:
    call = find_call(request, slug)
    rules.check_steer_panel(request.user)
    at = timezone.now()
    initial = {
        "way": Panel.Way.SCORES,
        "places": 3,
        "due_at": timezone.localtime(at + JUDGING_TIME).replace(minute=0),
        "language": get_language(),
    }
    form = PanelForm(request.POST or None, initial=initial, call=call)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "call": call, "heading": _("New panel"), "meanwhile": None}
        return render(request, "juries/edit.html", context, status=status_of(form))
    panel = actions.create_panel(
        call=call,
        position=call.panels.count(),
        by=signed_in(request),
        at=at,
        **form.changes(),
    )
    messages.success(request, _("The panel is a draft. Give it criteria and jurors next."))
    return redirect(panel)


@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    panel = find_panel(request, pk)
    rules.check_write_rules(request.user, panel)
    initial = {name: getattr(panel, name) for name in (*PANEL_FIELDS, "version")}
    form = PanelForm(request.POST or None, initial=initial, call=panel.call)
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_panel(
                panel=panel,
                version=form.cleaned_data["version"],
                by=signed_in(request),
                at=timezone.now(),
                **form.changes(),
            )
        except EditedMeanwhile as conflict:
            meanwhile = differences(form, conflict.thing)
        else:
            return _saved(request, panel)
    context = {
        "form": form,
        "call": panel.call,
        "panel": panel,
        "heading": _("Settings of the panel"),
        "meanwhile": meanwhile,
    }
    status = status_of(form, meanwhile=meanwhile)
    return render(request, "juries/edit.html", context, status=status)


@login_required
def criteria(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the criteria of a draft panel."""
    panel = find_panel(request, pk)
    rules.check_write_rules(request.user, panel)
    rows = CriterionRows(request.POST or None, initial=criterion_rows(panel), prefix="criteria")
    trouble = ""
    if request.method == "POST" and rows.is_valid():
        try:
            actions.set_criteria(
                panel=panel,
                criteria=rows.criteria(panel),
                version=version_in(request.POST),
                by=signed_in(request),
                at=timezone.now(),
            )
        except EditedMeanwhile:
            trouble = _told_of_another()
            panel.refresh_from_db()
        else:
            more = request.POST.get("next") == "more"
            return redirect("juries:criteria", panel.pk) if more else _saved(request, panel)
    context = {"panel": panel, "rows": rows, "trouble": trouble}
    status = status_of(rows, meanwhile=trouble or None)
    return render(request, "juries/criteria.html", context, status=status)


@login_required
def change_rules(request: HttpRequest, pk: int) -> HttpResponse:
    """Change rules that stand: with a reason, and what it touches is judged again."""
    panel = find_panel(request, pk)
    rules.check_change_rules(request.user, panel)
    data = request.POST or None
    rows = CriterionRows(data, initial=criterion_rows(panel), prefix="criteria")
    form = ChangeForm(data, initial={"places": panel.places, "version": panel.version})
    trouble = ""
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        try:
            rule_set = actions.change_rules(
                panel=panel,
                criteria=rows.criteria(panel),
                by=signed_in(request),
                at=timezone.now(),
                **form.cleaned_data,
            )
        except EditedMeanwhile:
            trouble = _told_of_another()
        else:
            _say_what_opened(request, rule_set.reopened)
            return redirect(panel)
    context = {"panel": panel, "rows": rows, "form": form, "trouble": trouble, "is_change": True}
    status = status_of(form, rows, meanwhile=trouble or None)
    return render(request, "juries/criteria.html", context, status=status)


@login_required
def jurors(request: HttpRequest, pk: int) -> HttpResponse:
    """The people of a panel; a form gives one more person a seat."""
    panel = find_panel(request, pk)
    rules.check_seat(request.user, panel)
    form = JurorForm(request.POST or None, stands=panel.state != Panel.State.DRAFT)
    if request.method == "POST" and form.is_valid():
        actions.add_juror(panel=panel, by=signed_in(request), at=timezone.now(), **form.seat())
        messages.success(request, _("The juror has a seat."))
        return redirect("juries:jurors", panel.pk)
    context = {"panel": panel, "form": form, "seats": queries.seats_of(panel)}
    return render(request, "juries/jurors.html", context, status=status_of(form))


@login_required
def remove_juror(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """Take a seat away; from a panel that is open with a reason that everybody can read."""
    panel = find_panel(request, pk)
    rules.check_seat(request.user, panel)
    juror = get_object_or_404(panel.jurors.select_related("panel", "user"), pk=seat)
    form = ReasonForm(request.POST or None) if panel.state != Panel.State.DRAFT else None
    if request.method != "POST" or (form is not None and not form.is_valid()):
        context = {"panel": panel, "juror": juror, "form": form}
        return render(request, "juries/unseat.html", context, status=status_of(form))
    reason = form.cleaned_data["reason"] if form is not None else ""
    try:
        actions.remove_juror(juror=juror, reason=reason, by=signed_in(request), at=timezone.now())
    except StillUsed:
        messages.error(request, _("This juror has judged already, so the seat stays."))
    return redirect("juries:jurors", panel.pk)


@login_required
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose which ideas are judged here."""
    panel = find_panel(request, pk)
    rules.check_write_rules(request.user, panel)
    chosen = list(panel.entries.values_list("pk", flat=True))
    proposed = [] if chosen else proposed_finalists(panel)
    form = FinalistsForm(request.POST or None, initial={"entries": chosen or proposed}, panel=panel)
    if request.method == "POST" and form.is_valid():
        actions.choose_finalists(
            panel=panel,
            entries=form.cleaned_data["entries"],
            by=signed_in(request),
            at=timezone.now(),
        )
        return _saved(request, panel)
    return render(
        request,
        "juries/choose.html",
        {"panel": panel, "form": form, "is_proposed": bool(proposed)},
        status=status_of(form),
    )


def _told_of_another() -> str:
    return _(
        "Somebody else changed this panel while you wrote. Nothing is lost: your text stands below; saving it again replaces theirs."
    )


def _say_what_opened(request: HttpRequest, reopened: int) -> None:
    if reopened:
        words = _(
            "The rules have changed. %(count)s reviews are open again, and the jurors were told."
        )
        messages.warning(request, words % {"count": reopened})
    else:
        messages.success(request, _("The rules have changed. No review had to be opened again."))


def _saved(request: HttpRequest, panel: Panel) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(panel)
