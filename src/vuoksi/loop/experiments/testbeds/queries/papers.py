"""Agreements and checklists."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import override

from vuoksi.base.organisations.models import Organisation
from vuoksi.lib import canonical
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.queries import plan_digest
from vuoksi.loop.experiments.testbeds.engine import (
    CHECKLISTS,
    Given,
    Outcome,
    drafted,
    faults,
    outcome,
)
from vuoksi.loop.experiments.testbeds.models import (
    Agreement,
    AgreementTemplate,
    FilledChecklist,
    Offering,
    Testbed,
)
from vuoksi.loop.experiments.testbeds.models.bookings import HOLDING

# Whoever books one of these has to do with people or with data about them.
CONCERNS_PEOPLE = (Offering.Kind.SENSORS, Offering.Kind.DATA, Offering.Kind.PANEL)


def templates_offered() -> QuerySet[AgreementTemplate]:
    return AgreementTemplate.objects.filter(is_offered=True).order_by("title", "-number", "pk")


def agreements_of(experiment: Experiment) -> QuerySet[Agreement]:
    return (
        experiment.agreements.select_related("partner", "template", "testbed", "experiment")
        .prefetch_related("parties__organisation")
        .order_by("-created_at", "-pk")
    )


def agreement_page(slug: str, pk: int) -> Agreement | None:
    rows = Agreement.objects.select_related(
        "experiment__owner", "partner", "template", "testbed__owner", "created_by"
    ).prefetch_related("parties__organisation")
    return rows.filter(experiment__slug=slug, pk=pk).first()


def known_values(agreement: Agreement) -> dict[str, str]:
    """What the platform fills in itself, in the language of the template."""
    experiment, testbed = agreement.experiment, agreement.testbed
    with override(agreement.template.language):
        return {
            "experiment": experiment.title,
            "parties": ", ".join(one.name for one in parties_wanted(agreement)),
            "partner": agreement.partner.name,
            "city": experiment.owner.name if experiment.owner else "",
            "testbed": testbed.title if testbed else "",
            "testbed_owner": testbed.owner.name if testbed else "",
            "starts_on": _day(experiment.starts_on),
            "ends_on": _day(experiment.ends_on),
            "digest": plan_digest(experiment),
        }


def agreement_text(agreement: Agreement) -> str:
    """The text as it was sent; before that, as far as it is filled in."""
    if agreement.text:
        return agreement.text
    return drafted(agreement.template.text, {**agreement.values, **known_values(agreement)})


def parties_wanted(agreement: Agreement) -> list[Organisation]:
    """Who must sign: the unit in charge, the partner, and whose testbed it is; each once."""
    owner = agreement.experiment.owner
    keeper = agreement.testbed.owner if agreement.testbed else None
    wanted = [one for one in (owner, agreement.partner, keeper) if one is not None]
    return list({one.pk: one for one in wanted}.values())


def checklist_of(experiment: Experiment) -> FilledChecklist | None:
    return (
        FilledChecklist.objects.select_related("experiment").filter(experiment=experiment).first()
    )


def needs_checklist(experiment: Experiment) -> bool:
    """Whether the experiment may start only with a checklist that is signed off.

    It may not where one was begun, where its testbed asks for it, and where it has booked sensors, data or people.
    """
    if FilledChecklist.objects.filter(experiment=experiment).exists():
        return True
    asks = Testbed.objects.filter(needs_checklist=True, state=Testbed.State.PUBLISHED)
    if experiment.testbed_id is not None and asks.filter(place=experiment.testbed_id).exists():
        return True
    held = experiment.bookings.filter(state__in=HOLDING)
    return held.filter(offering__kind__in=CONCERNS_PEOPLE).exists()


def given_in(answers: Mapping[str, Mapping[str, Any]]) -> dict[str, Given]:
    """The answers as the engine takes them."""
    return {
        key: Given(answer=one["answer"], note=str(one.get("note", "")))
        for key, one in answers.items()
    }


def outcome_of(checklist: FilledChecklist) -> Outcome:
    return outcome(CHECKLISTS[checklist.questions], given_in(checklist.answers))


def faults_of(checklist: FilledChecklist) -> dict[str, str]:
    """What keeps a checklist from being signed off, by question or field."""
    given = given_in(checklist.answers)
    wrong: dict[str, str] = dict(faults(CHECKLISTS[checklist.questions], given))
    found = outcome_of(checklist)
    if found.assessment == "needed" and not checklist.assessment.strip():
        wrong["assessment"] = "missing"
    if found.review == "needed" and not checklist.review.strip():
        wrong["review"] = "missing"
    return wrong


def checklist_digest(checklist: FilledChecklist) -> str:
    """The digest of the answers with the version of their questions: what is signed off."""
    return canonical.digest(
        {
            "experiment": checklist.experiment.slug,
            "questions": checklist.questions,
            "answers": checklist.answers,
            "assessment": checklist.assessment,
            "review": checklist.review,
        }
    )


def _day(day: Any) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
