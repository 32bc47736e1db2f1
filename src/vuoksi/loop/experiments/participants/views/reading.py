"""What everybody reads: which experiments look for people, and one recruitment."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from vuoksi.base.lists.tables import respond
from vuoksi.base.texts.queries import attach
from vuoksi.loop.experiments.participants import queries, rules
from vuoksi.loop.experiments.participants.models import Recruitment
from vuoksi.loop.experiments.participants.tables import RECRUITMENTS
from vuoksi.loop.experiments.participants.views.doors import find_recruitment
from vuoksi.loop.experiments.participants.words import RECRUITMENT_TONES
from vuoksi.loop.experiments.plans.models import Experiment


def recruitments(request: HttpRequest) -> HttpResponseBase:
    rows = queries.public_recruitments(request.user)
    return respond(request, RECRUITMENTS, rows, "participants/recruitments.html")


def recruitment(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is sought and what it means to take part; numbers only where nobody can be known by them."""
    row = find_recruitment(request, slug)
    published = attach([one for one in queries.surveys_of(row) if one.is_published])
    version = queries.version_in_force(row)
    is_public = row.experiment.state != Experiment.State.DRAFT
    if is_public:
        attach([row.experiment])
    context = {
        "recruitment": row,
        "tone": RECRUITMENT_TONES[Recruitment.State(row.state)],
        "is_open": queries.is_open(row, timezone.localdate()),
        "has_places": queries.places_free(row) > 0,
        "numbers": queries.public_numbers(row),
        "questions": attach(queries.questions_of(row)),
        "consent": queries.text_for(version, request.LANGUAGE_CODE) if version else None,
        "summaries": [(one, _summary(one)) for one in published],
        "shows_experiment": is_public,
        "may_lead": rules.may_lead(request.user, row),
    }
    return render(request, "participants/recruitment.html", context)


def _summary(survey: object) -> list[queries.ItemSummary]:
    found = queries.summary_of(survey)  # type: ignore[arg-type]  # rows of surveys_of
    attach([one.item for one in found])
    return found
