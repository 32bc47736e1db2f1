from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.lists.conflicts import differences
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.lists.tables import respond
from vuoksi.base.organisations import actions, queries, rules
from vuoksi.base.organisations.forms import MemberForm, OrganisationForm
from vuoksi.base.organisations.models import Membership, Organisation
from vuoksi.base.organisations.tables import ORGANISATIONS


def organisations(request: HttpRequest) -> HttpResponseBase:
    context = {"may_keep": rules.may_keep_organisations(request.user)}
    template = "organisations/organisations.html"
    return respond(request, ORGANISATIONS, queries.organisations(), template, context)


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, get_object_or_404(Organisation, slug=slug), MemberForm())


def new_organisation(request: HttpRequest) -> HttpResponse:
    rules.check_keep_organisations(request.user)
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = actions.create_organisation(by=request.user, at=timezone.now(), **form.changes())
        return redirect(row)
    return render(request, "organisations/form.html", {"form": form}, status=status_of(form))


def edit_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    rules.check_keep_organisations(request.user)
    row = get_object_or_404(Organisation, slug=slug)
    # A ModelForm writes what was typed into its row before anybody has agreed: give it a row of its own.
    form = OrganisationForm(request.POST or None, instance=Organisation.objects.get(pk=row.pk))
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.edit_organisation(
                organisation=row,
                version=version,
                by=request.user,
                at=timezone.now(),
                **form.changes(),
            )
        except EditedMeanwhile as conflict:
            meanwhile = differences(form, conflict.thing)
        else:
            messages.success(request, _("Saved."))
            return redirect(row)
    context = {"form": form, "organisation": row, "meanwhile": meanwhile}
    return render(
        request, "organisations/form.html", context, status=status_of(form, meanwhile=meanwhile)
    )


@require_POST
def join(request: HttpRequest, slug: str) -> HttpResponse:
    rules.check_keep_organisations(request.user)
    row = get_object_or_404(Organisation, slug=slug)
    form = MemberForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    actions.join(
        organisation=row,
        user=form.person,
        title=form.cleaned_data["title"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("Saved."))
    return redirect(row)


@require_POST
def leave(request: HttpRequest, slug: str, membership: int) -> HttpResponse:
    rules.check_keep_organisations(request.user)
    found = get_object_or_404(
        Membership.objects.select_related("organisation", "user"),
        organisation__slug=slug,
        pk=membership,
    )
    actions.leave(
        organisation=found.organisation, user=found.user, by=request.user, at=timezone.now()
    )
    messages.success(request, _("Saved."))
    return redirect(found.organisation)


def _page(request: HttpRequest, row: Organisation, form: MemberForm) -> HttpResponse:
    context = {
        "organisation": row,
        "form": form,
        "may_keep": rules.may_keep_organisations(request.user),
        "members": queries.memberships_in(row)
        if rules.may_read_members(request.user, row)
        else None,
    }
    return render(request, "organisations/organisation.html", context, status=status_of(form))
