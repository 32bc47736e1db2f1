"""Agreements of an experiment: drafted from a template, sent, signed or declined."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.rules import signed_in
from vuoksi.loop.experiments.plans.views import find_experiment
from vuoksi.loop.experiments.testbeds import actions, queries, rules
from vuoksi.loop.experiments.testbeds.engine import blanks
from vuoksi.loop.experiments.testbeds.forms import (
    AgreementForm,
    BlanksForm,
    ReasonForm,
    SignForm,
)
from vuoksi.loop.experiments.testbeds.models import Agreement, Party
from vuoksi.loop.experiments.testbeds.refusals import Incomplete, TextChanged
from vuoksi.loop.experiments.testbeds.views.doors import find_agreement
from vuoksi.loop.experiments.testbeds.words import AGREEMENT_TONES, BLANKS


@login_required
def agreements(request: HttpRequest, slug: str) -> HttpResponse:
    """The agreements of one experiment that this person may read, and a form for a new one."""
    row = find_experiment(request, slug)
    rules.check_read_checklist(request.user, row)
    may_write = rules.may_write_agreement(request.user, row)
    form = AgreementForm(request.POST or None, experiment=row) if may_write else None
    if request.method == "POST":
        rules.check_write_agreement(request.user, row)
        if form is not None and form.is_valid():
            made = actions.draft_agreement(
                experiment=row, by=signed_in(request), at=timezone.now(), **form.cleaned_data
            )
            return redirect(made)
    found = [
        one for one in queries.agreements_of(row) if rules.may_read_agreement(request.user, one)
    ]
    context = {
        "experiment": row,
        "agreements": [(one, AGREEMENT_TONES[Agreement.State(one.state)]) for one in found],
        "form": form,
    }
    return render(request, "testbeds/agreements.html", context, status=status_of(form))


@login_required
def agreement(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The agreement as it can be printed; a draft with the blanks that are still to fill."""
    row = find_agreement(request, slug, pk)
    form = None
    if rules.may_write_agreement(request.user, row.experiment) and row.state == "draft":
        form = BlanksForm(request.POST or None, agreement=row)
    meanwhile = None
    if request.method == "POST":
        rules.check_write_agreement(request.user, row.experiment)
        if form is not None and form.is_valid():
            try:
                done = _save(request, row, form)
            except EditedMeanwhile as conflict:
                meanwhile, done = conflict.thing, None
                form.add_error(
                    None,
                    gettext(
                        "Somebody else changed this meanwhile. Copy your text and read it again."
                    ),
                )
            if done is not None:
                return done
    context = _shown(request, row, form)
    return render(
        request, "testbeds/agreement.html", context, status=status_of(form, meanwhile=meanwhile)
    )


@login_required
@require_POST
def sign(request: HttpRequest, slug: str, pk: int, party: int) -> HttpResponse:
    """Sign exactly the text that was shown."""
    row = find_agreement(request, slug, pk)
    signer = get_object_or_404(row.parties.select_related("organisation", "agreement"), pk=party)
    rules.check_sign(request.user, signer)
    form = SignForm(request.POST)
    if not form.is_valid():
        context = {**_shown(request, row, None), "sign_form": form}
        return render(request, "testbeds/agreement.html", context, status=status_of(form))
    try:
        actions.sign_agreement(
            party=signer,
            digest=form.cleaned_data["digest"],
            title=form.cleaned_data["title"],
            by=signed_in(request),
            at=timezone.now(),
        )
    except TextChanged:
        messages.error(request, gettext("The text is not the one that you saw. Read it again."))
    else:
        messages.success(request, gettext("Signed."))
    return redirect(row)


@login_required
def decline(request: HttpRequest, slug: str, pk: int, party: int) -> HttpResponse:
    row = find_agreement(request, slug, pk)
    signer = get_object_or_404(row.parties.select_related("organisation", "agreement"), pk=party)
    rules.check_sign(request.user, signer)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.decline_agreement(
            party=signer, by=signed_in(request), at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, gettext("Declined. The other parties have been told."))
        return redirect(row)
    context = {"agreement": row, "party": signer, "form": form}
    return render(request, "testbeds/decline.html", context, status=status_of(form))


@login_required
@require_safe
def text(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The fixed text as a file: the SHA-256 of these very bytes is the digest on the page."""
    row = find_agreement(request, slug, pk)
    if not row.text:
        raise Http404
    response = HttpResponse(row.text.encode(), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="agreement-{row.pk}.txt"'
    return response


def _save(request: HttpRequest, row: Agreement, form: BlanksForm) -> HttpResponse | None:
    """Keep what was filled in, and send it when that is asked for; None when the form says what is wrong."""
    at = timezone.now()
    try:
        actions.edit_agreement(
            agreement=row,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=signed_in(request),
            at=at,
        )
        if request.POST.get("do") == "send":
            actions.send_agreement(agreement=row, by=signed_in(request), at=at)
            messages.success(request, gettext("The text is fixed. The parties have been asked."))
        else:
            messages.success(request, gettext("Saved."))
    except Incomplete as refusal:
        for name in refusal.faults:
            form.add_error(
                name if name in form.fields else None,
                gettext("Fill in: %(blank)s") % {"blank": BLANKS.get(name, name)},
            )
        return None
    return redirect(row)


def _shown(request: HttpRequest, row: Agreement, form: BlanksForm | None) -> dict[str, Any]:
    parties = list(row.parties.select_related("organisation", "agreement").order_by("pk"))
    mine = next((one for one in parties if rules.may_sign(request.user, one)), None)
    return {
        "agreement": row,
        "experiment": row.experiment,
        "tone": AGREEMENT_TONES[Agreement.State(row.state)],
        "text": queries.agreement_text(row),
        "blanks": blanks(queries.agreement_text(row)) if row.state == "draft" else (),
        "parties": parties,
        "wanted": queries.parties_wanted(row) if row.state == "draft" else [],
        "mine": mine,
        "form": form,
        "sign_form": SignForm(initial={"digest": row.digest}) if mine is not None else None,
        **_signed(parties),
    }


def _signed(parties: list[Party]) -> dict[str, Any]:
    return {"signed": sum(one.signed_at is not None for one in parties)}
