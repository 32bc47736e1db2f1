"""Pages of those who keep a testbed: its words, what it offers, templates of agreements."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.lists.conflicts import differences
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.rules import signed_in
from vuoksi.loop.experiments.testbeds import actions, queries, rules
from vuoksi.loop.experiments.testbeds.forms import OfferingForm, TemplateForm, TestbedForm
from vuoksi.loop.experiments.testbeds.models import Offering, Testbed
from vuoksi.loop.experiments.testbeds.refusals import CapacityInUse
from vuoksi.loop.experiments.testbeds.views.doors import find_offering, find_testbed


@login_required
def create(request: HttpRequest) -> HttpResponse:
    rules.check_create_testbed(request.user)
    form = TestbedForm(request.POST or None, initial={"language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        row = actions.create_testbed(by=signed_in(request), at=timezone.now(), **form.changes())
        messages.success(request, gettext("The testbed is a draft. Only city staff see it."))
        return redirect(row)
    context = {"form": form, "meanwhile": None}
    return render(request, "testbeds/form.html", context, status=status_of(form))


@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_testbed(request, slug)
    rules.check_keep_testbed(request.user, row)
    # A ModelForm writes what was typed into its row before anybody has agreed: give it a row of its own.
    mine = Testbed.objects.get(pk=row.pk)
    form = TestbedForm(request.POST or None, instance=mine, initial={"version": row.version})
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_testbed(
                testbed=row,
                version=form.cleaned_data["version"] or 0,
                by=signed_in(request),
                at=timezone.now(),
                **form.changes(),
            )
        except EditedMeanwhile as conflict:
            meanwhile = differences(form, conflict.thing)
        else:
            messages.success(request, gettext("Saved."))
            return redirect(row)
    context = {"form": form, "testbed": row, "meanwhile": meanwhile}
    status = status_of(form, meanwhile=meanwhile)
    return render(request, "testbeds/form.html", context, status=status)


@login_required
def add_offering(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_testbed(request, slug)
    rules.check_keep_testbed(request.user, row)
    first = {"language": request.LANGUAGE_CODE, "days": list("12345")}
    form = OfferingForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.add_offering(
            testbed=row, by=signed_in(request), at=timezone.now(), **form.changes()
        )
        messages.success(request, gettext("Saved."))
        return redirect(row)
    context = {"form": form, "testbed": row, "meanwhile": None}
    return render(request, "testbeds/offering_form.html", context, status=status_of(form))


@login_required
def edit_offering(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    row = find_offering(request, slug, pk)
    rules.check_keep_testbed(request.user, row.testbed)
    mine = Offering.objects.get(pk=row.pk)
    form = OfferingForm(request.POST or None, instance=mine, initial={"version": row.version})
    context: dict[str, Any] = {
        "form": form,
        "testbed": row.testbed,
        "offering": row,
        "meanwhile": None,
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "testbeds/offering_form.html", context, status=status_of(form))
    try:
        actions.edit_offering(
            offering=row,
            version=form.cleaned_data["version"] or 0,
            by=signed_in(request),
            at=timezone.now(),
            **form.changes(),
        )
    except CapacityInUse:
        form.add_error(
            "units",
            gettext(
                "Units and times that are booked cannot be taken away. Cancel the bookings first."
            ),
        )
    except EditedMeanwhile as conflict:
        context["meanwhile"] = differences(form, conflict.thing)
    else:
        messages.success(request, gettext("Saved."))
        return redirect(row)
    status = status_of(form, meanwhile=context["meanwhile"])
    return render(request, "testbeds/offering_form.html", context, status=status)


@login_required
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    return _move(request, slug, actions.publish_testbed)


@login_required
@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    return _move(request, slug, actions.close_testbed)


@login_required
@require_POST
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    return _move(request, slug, actions.reopen_testbed)


@login_required
def templates(request: HttpRequest) -> HttpResponse:
    """The templates that are offered, and a form for the next version of one or for a new one."""
    rules.check_keep_templates(request.user)
    form = TemplateForm(request.POST or None, initial={"language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        actions.write_template(by=signed_in(request), at=timezone.now(), **form.cleaned_data)
        messages.success(request, gettext("Saved. Agreements that are sent keep their text."))
        return redirect("testbeds:templates")
    context = {"form": form, "templates": queries.templates_offered()}
    return render(request, "testbeds/templates.html", context, status=status_of(form))


def _move(request: HttpRequest, slug: str, action: Callable[..., None]) -> HttpResponse:
    row = find_testbed(request, slug)
    action(testbed=row, by=signed_in(request), at=timezone.now())
    messages.success(request, gettext("Saved."))
    return redirect(row)
