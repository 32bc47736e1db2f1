"""Consent texts in versions, and giving consent to a version anew."""

from datetime import datetime

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell
from vuoksi.base.people.models import User
from vuoksi.loop.experiments.participants import kinds, letters, queries, rules
from vuoksi.loop.experiments.participants.actions.keys import renew_guardian, renew_own
from vuoksi.loop.experiments.participants.models import (
    CONSENT_STATES,
    Consent,
    ConsentText,
    ConsentVersion,
    Participant,
    Recruitment,
)
from vuoksi.loop.experiments.participants.refusals import (
    ConsentChanged,
    Frozen,
    NotTakingPart,
    Unready,
)


@action
def draft_consent(
    *,
    recruitment: Recruitment,
    legal_basis: str,
    on_withdrawal: str,
    retention_days: int,
    by: User,
    at: datetime,
) -> ConsentVersion:
    """Begin the next version, or change the one that is being written. The texts of the last one are its first draft."""
    Recruitment.objects.select_for_update().get(pk=recruitment.pk)
    rules.check_lead(by, recruitment)
    changes = {
        "legal_basis": ConsentVersion.LegalBasis(legal_basis),
        "on_withdrawal": ConsentVersion.OnWithdrawal(on_withdrawal),
        "retention_days": retention_days,
    }
    row = queries.draft_of(recruitment)
    if row is not None:
        save_if_unchanged(row, version=row.version, **changes)
    else:
        last = recruitment.consent_versions.order_by("-number").first()
        row = ConsentVersion.objects.create(
            recruitment=recruitment, number=last.number + 1 if last else 1, **changes
        )
        for text in queries.texts_of(last) if last else ():
            ConsentText.objects.create(
                of=row,
                language=text.language,
                **{name: getattr(text, name) for name in queries.SAID},
            )
    record(actor=by, verb="participants.draft_consent", thing=row, at=at, number=row.number)
    return row


@action
def write_consent_text(
    *,
    consent: ConsentVersion,
    language: str,
    words: dict[str, str],
    by: User,
    at: datetime,
) -> ConsentText:
    """Write a version in one language. `words` are purpose, gathered, access, retention, risks. Raises Frozen."""
    rules.check_lead(by, consent.recruitment)
    if consent.state != ConsentVersion.State.DRAFT:
        raise Frozen
    row, _is_new = ConsentText.objects.update_or_create(
        of=consent, language=language, defaults=words
    )
    record(
        actor=by, verb="participants.write_consent_text", thing=consent, at=at, language=language
    )
    return row


@action
def publish_consent(*, consent: ConsentVersion, by: User, at: datetime) -> None:
    """Put a version in force in place of the last one. All who take part are asked anew. Raises Unready."""
    recruitment = Recruitment.objects.select_for_update().get(pk=consent.recruitment_id)
    rules.check_lead(by, recruitment)
    if consent.state == ConsentVersion.State.PUBLISHED:
        return nothing_to_do()
    state = CONSENT_STATES.target(consent.state, "publish")
    texts = queries.texts_of(consent)
    if not texts:
        raise Unready("texts")
    for text in texts:
        text.digest = queries.text_digest(text)
        text.save(update_fields=["digest"])
    last = queries.version_in_force(recruitment)
    if last is not None:
        replaced = CONSENT_STATES.target(last.state, "replace")
        save_if_unchanged(last, version=last.version, state=replaced)
    save_if_unchanged(consent, version=consent.version, state=state, published_at=at)
    record(
        actor=by, verb="participants.publish_consent", thing=consent, at=at, number=consent.number
    )
    if last is not None:
        _ask_anew(recruitment, by, at)
    return None


@action
def give_consent(*, participant: Participant, text: ConsentText, digest: str, at: datetime) -> None:
    """Agree to the version in force, on one's own page.

    Raises ConsentChanged when another is in force by now, and NotTakingPart for one who has left.
    """
    # Somebody who withdraws in this moment, in another window or as the guardian, waits here or is seen to have left.
    Recruitment.objects.select_for_update().get(pk=participant.recruitment_id)
    if queries.has_left(participant):
        raise NotTakingPart
    add_consent(participant=participant, text=text, digest=digest, by=Consent.By.SELF, at=at)


@action
def add_consent(
    *, participant: Participant, text: ConsentText, digest: str, by: str, at: datetime
) -> Consent:
    """Keep that somebody agreed to a text that is in force. Who it was is not told: nobody learns it from the trail."""
    # What was read before the recruitment was held may have been replaced since.
    now = ConsentText.objects.select_related("of").get(pk=text.pk)
    if now.of.state != ConsentVersion.State.PUBLISHED or now.digest != digest:
        raise ConsentChanged
    row, is_new = Consent.objects.get_or_create(
        participant=participant, text=now, by=by, defaults={"digest": digest, "given_at": at}
    )
    if not is_new:
        nothing_to_do()
        return row
    record(
        actor=None,
        verb="participants.give_consent",
        thing=participant,
        at=at,
        number=now.of.number,
        language=now.language,
        giver=str(by),
    )
    return row


@action
def ask_for_consent(*, participant: Participant, at: datetime) -> None:
    """Write to whoever has not agreed to the version in force yet: the participant, the guardian, or both."""
    nothing_to_do()
    missing = queries.missing_consents(participant)
    if "self" in missing:
        letters.consent_changed(participant.key, renew_own(key=participant.key, at=at))
    if "guardian" in missing:
        token = renew_guardian(key=participant.key, at=at)
        letters.ask_guardian(participant.key, token)


def _ask_anew(recruitment: Recruitment, by: User, at: datetime) -> None:
    rows = recruitment.participants.filter(key__isnull=False).exclude(state__in=queries.GONE)
    people = []
    for participant in rows.select_related("key", "recruitment__experiment"):
        ask_for_consent(participant=participant, at=at)
        if participant.key.user is not None:
            people.append(participant.key.user)
    if people:
        tell(people=people, kind=kinds.CONSENT_CHANGED, thing=recruitment, by=by, at=at)
