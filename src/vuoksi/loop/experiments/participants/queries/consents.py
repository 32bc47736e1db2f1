from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from vuoksi.lib import canonical
from vuoksi.loop.experiments.participants.models import (
    Consent,
    ConsentText,
    ConsentVersion,
    Participant,
    Recruitment,
)
from vuoksi.loop.experiments.participants.queries.recruiting import IN_TRIAL
from vuoksi.loop.experiments.plans.models import Experiment

SAID = ("purpose", "gathered", "access", "retention", "risks")


def version_in_force(recruitment: Recruitment) -> ConsentVersion | None:
    return recruitment.consent_versions.filter(state="published").first()


def draft_of(recruitment: Recruitment) -> ConsentVersion | None:
    return recruitment.consent_versions.filter(state="draft").order_by("-number").first()


def versions_of(recruitment: Recruitment) -> QuerySet[ConsentVersion]:
    return recruitment.consent_versions.order_by("-number").prefetch_related("texts")


def texts_of(version: ConsentVersion) -> list[ConsentText]:
    return list(version.texts.order_by("pk"))


def text_for(version: ConsentVersion, language: str) -> ConsentText | None:
    """The text in this language, else the one that was written first."""
    texts = texts_of(version)
    return next((text for text in texts if text.language == language), None) or next(
        iter(texts), None
    )


def text_digest(text: ConsentText) -> str:
    """Digest of everything that is agreed to: the words, and what the version promises beside them."""
    version = text.of
    return canonical.digest(
        {
            "experiment": version.recruitment.experiment.slug,
            "number": version.number,
            "language": text.language,
            "legal_basis": str(version.legal_basis),
            "on_withdrawal": str(version.on_withdrawal),
            "retention_days": version.retention_days,
            "words": {name: getattr(text, name) for name in SAID},
        }
    )


def with_consent(rows: QuerySet[Participant]) -> QuerySet[Participant]:
    """Those who have agreed to the version in force, and whose guardian has where one is needed."""
    agreed = Consent.objects.filter(
        participant=OuterRef("pk"), withdrawn_at=None, text__of__state="published"
    )
    guardian = Q(needs_guardian=False) | Q(Exists(agreed.filter(by=Consent.By.GUARDIAN)))
    return rows.filter(guardian, Exists(agreed.filter(by=Consent.By.SELF)))


def agreed_in(recruitment: Recruitment) -> QuerySet[Participant]:
    """As `with_consent`, of all of a recruitment."""
    return with_consent(Participant.objects.filter(recruitment=recruitment))


def has_consent(participant: Participant) -> bool:
    return with_consent(Participant.objects.filter(pk=participant.pk)).exists()


def missing_consents(participant: Participant) -> list[str]:
    """Who has not agreed to the version in force: self, guardian."""
    needed = [Consent.By.SELF, *([Consent.By.GUARDIAN] if participant.needs_guardian else [])]
    given = participant.consents.filter(withdrawn_at=None, text__of__state="published")
    have = set(given.values_list("by", flat=True))
    return [by.value for by in needed if by.value not in have]


def consents_given(participant: Participant) -> QuerySet[Consent]:
    return participant.consents.select_related("text__of").order_by("-given_at", "-pk")


def promises_erasure(participant: Participant) -> bool:
    """Whether any version that was agreed to promised erasure: the promise that is best for the person holds."""
    rows = participant.consents.filter(text__of__on_withdrawal="erase")
    return rows.exists() or not participant.consents.exists()


def refused_codes(experiment: Experiment, codes: Iterable[str]) -> dict[str, str]:
    """Which of these codes nothing may be measured under, and why: ``withdrawn`` or ``no_consent``.

    A code that belongs to no participant (a group, a site) is not refused.
    """
    rows = Participant.objects.filter(recruitment__experiment=experiment, code__in=set(codes))
    allowed = set(with_consent(rows.filter(state__in=IN_TRIAL)).values_list("pk", flat=True))
    return {
        row.code: "withdrawn" if row.state == Participant.State.WITHDRAWN else "no_consent"
        for row in rows
        if row.pk not in allowed
    }
