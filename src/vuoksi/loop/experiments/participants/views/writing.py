"""What the team writes for participants: consent texts in versions, and surveys."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach
from vuoksi.loop.calls.forms.texts import own_name
from vuoksi.loop.experiments.participants import actions, queries
from vuoksi.loop.experiments.participants.forms import ConsentForm, ItemRows, SurveyForm
from vuoksi.loop.experiments.participants.forms.surveys import rows_of
from vuoksi.loop.experiments.participants.models import ConsentVersion, Recruitment, Survey
from vuoksi.loop.experiments.participants.refusals import Frozen, Unready
from vuoksi.loop.experiments.participants.views.doors import find_led
from vuoksi.loop.experiments.participants.words import CONSENT_TONES, UNREADY


@login_required
def consents(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version of what people agree to, the newest first."""
    row = find_led(request, slug)
    versions = [
        (
            version,
            CONSENT_TONES[ConsentVersion.State(version.state)],
            [(text, own_name(text.language)) for text in queries.texts_of(version)],
        )
        for version in queries.versions_of(row)
    ]
    context = {"recruitment": row, "versions": versions, "draft": queries.draft_of(row)}
    return render(request, "participants/consents.html", context)


@login_required
def write_consent(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the next version, one language at a time; the last one is where it begins."""
    row = find_led(request, slug)
    draft = queries.draft_of(row)
    base = draft or queries.version_in_force(row)
    language = request.GET.get("language") or row.language
    text = None
    if base is not None:
        text = next((one for one in queries.texts_of(base) if one.language == language), None)
    form = ConsentForm(request.POST or None, consent=base, text=text, language=language)
    if request.method == "POST" and form.is_valid():
        person, at = signed_in(request), timezone.now()
        version = actions.draft_consent(recruitment=row, by=person, at=at, **form.promises())
        actions.write_consent_text(
            consent=version,
            language=form.cleaned_data["language"],
            words=form.words(),
            by=person,
            at=at,
        )
        messages.success(
            request, gettext("Saved as a draft. Nobody is asked before you publish it.")
        )
        return redirect("participants:consents", slug)
    context = {"recruitment": row, "form": form, "draft": draft}
    return render(request, "participants/consent_form.html", context, status=status_of(form))


@login_required
@require_POST
def publish_consent(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_led(request, slug)
    draft = queries.draft_of(row)
    if draft is None:
        raise Http404
    try:
        actions.publish_consent(consent=draft, by=signed_in(request), at=timezone.now())
    except Unready as refusal:
        messages.error(request, str(UNREADY[refusal.code]))
    else:
        messages.success(request, gettext("In force. Whoever takes part has been asked anew."))
    return redirect("participants:consents", slug)


@login_required
def survey(request: HttpRequest, slug: str, moment: str) -> HttpResponse:
    """Write a survey; once open it shows its questions as they are fixed. That after begins as that before."""
    row = find_led(request, slug)
    if moment not in Survey.Moment.values:
        raise Http404
    known = queries.survey_of(row, moment)
    if known is not None and known.state != Survey.State.DRAFT:
        attach([known])
        context = {"recruitment": row, "survey": known, "items": attach(queries.items_of(known))}
        return render(request, "participants/survey_fixed.html", context)
    base = known or queries.survey_of(row, Survey.Moment.BEFORE)
    form = SurveyForm(request.POST or None, initial=_first(row, base))
    items = rows_of(queries.items_of(base)) if base else []
    rows = ItemRows(request.POST or None, initial=items, prefix="i")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        data = form.cleaned_data
        actions.write_survey(
            recruitment=row,
            moment=moment,
            items=[*rows.items(), *form.scale_items()],
            by=signed_in(request),
            at=timezone.now(),
            **{name: data[name] for name in ("language", "title", "intro", "reminder_days")},
        )
        messages.success(request, gettext("Saved."))
        return redirect("participants:survey", slug, moment)
    label = Survey.Moment(moment).label
    context = {"recruitment": row, "survey": known, "form": form, "rows": rows, "moment": label}
    status = status_of(form, rows)
    return render(request, "participants/survey_form.html", context, status=status)


@login_required
@require_POST
def step_survey(request: HttpRequest, slug: str, moment: str) -> HttpResponse:
    """Open, close, publish the summary, or show it no longer."""
    row = find_led(request, slug)
    one = get_object_or_404(row.surveys, moment=moment)
    person, at = signed_in(request), timezone.now()
    step = request.POST.get("step", "")
    try:
        if step == "open":
            actions.open_survey(survey=one, by=person, at=at)
        elif step == "close":
            actions.close_survey(survey=one, by=person, at=at)
        elif step in {"publish", "hide"}:
            actions.publish_summary(survey=one, is_published=step == "publish", by=person, at=at)
    except Unready as refusal:
        messages.error(request, str(UNREADY[refusal.code]))
    except Frozen:
        raise Http404 from None
    else:
        messages.success(request, gettext("Done."))
    return redirect("participants:lead", slug)


def _first(row: Recruitment, base: Survey | None) -> dict[str, object]:
    if base is None:
        return {"language": row.language}
    return {name: getattr(base, name) for name in ("language", "title", "intro", "reminder_days")}
