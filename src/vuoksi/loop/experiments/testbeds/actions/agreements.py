from collections.abc import Mapping
from datetime import datetime
from typing import Any

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell
from vuoksi.base.notices.kinds import Kind
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.models import User
from vuoksi.base.texts.queries import digest as text_digest
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.testbeds import kinds, queries, rules
from vuoksi.loop.experiments.testbeds.engine import Unfilled, filled
from vuoksi.loop.experiments.testbeds.models import (
    AGREEMENT_STATES,
    Agreement,
    AgreementTemplate,
    Party,
    Testbed,
)
from vuoksi.loop.experiments.testbeds.refusals import Incomplete, TextChanged


@action
def write_template(
    *, key: str, language: str, title: str, text: str, by: User, at: datetime, **more: Any
) -> AgreementTemplate:
    """Write a template, or the next version of one; earlier versions are no longer offered and never change."""
    rules.check_keep_templates(by)
    earlier = AgreementTemplate.objects.filter(key=key, language=language)
    newest = earlier.order_by("-number").first()
    earlier.update(is_offered=False)
    row = AgreementTemplate.objects.create(
        key=key,
        number=1 if newest is None else newest.number + 1,
        language=language,
        title=title,
        text=text,
        created_at=at,
        **more,
    )
    record(actor=by, verb="testbeds.write_template", thing=row, at=at, number=row.number)
    return row


@action
def draft_agreement(
    *,
    experiment: Experiment,
    partner: Organisation,
    template: AgreementTemplate,
    by: User,
    at: datetime,
    testbed: Testbed | None = None,
    is_demo: bool = False,
) -> Agreement:
    rules.check_write_agreement(by, experiment)
    row = Agreement.objects.create(
        experiment=experiment,
        partner=partner,
        template=template,
        testbed=testbed,
        created_by=by,
        created_at=at,
        is_demo=is_demo,
    )
    record(actor=by, verb="testbeds.draft_agreement", thing=row, at=at)
    return row


@action
def edit_agreement(
    *, agreement: Agreement, values: Mapping[str, str], version: int, by: User, at: datetime
) -> None:
    """Fill in blanks of a draft. Raises EditedMeanwhile, and NotPossible once it is sent."""
    rules.check_write_agreement(by, agreement.experiment)
    AGREEMENT_STATES.target(agreement.state, "send")
    save_if_unchanged(agreement, version=version, values=dict(values))
    record(actor=by, verb="testbeds.edit_agreement", thing=agreement, at=at)


@action
def send_agreement(*, agreement: Agreement, by: User, at: datetime) -> None:
    """Fix the text and ask every party to sign it. Raises Incomplete, with the blanks that are empty."""
    rules.check_write_agreement(by, agreement.experiment)
    if agreement.state == Agreement.State.SENT:
        return nothing_to_do()
    state = AGREEMENT_STATES.target(agreement.state, "send")
    try:
        values = {**agreement.values, **queries.known_values(agreement)}
        text = filled(agreement.template.text, values)
    except Unfilled as gap:
        raise Incomplete(dict.fromkeys(gap.names, "missing")) from gap
    digest = text_digest(text)
    save_if_unchanged(
        agreement, version=agreement.version, state=state, text=text, digest=digest, sent_at=at
    )
    Party.objects.bulk_create(
        Party(agreement=agreement, organisation=one) for one in queries.parties_wanted(agreement)
    )
    record(actor=by, verb="testbeds.send_agreement", thing=agreement, at=at, digest=digest)
    _tell_parties(agreement, kinds.AGREEMENT_SENT, by, at)
    return None


@action
def sign_agreement(*, party: Party, digest: str, title: str, by: User, at: datetime) -> None:
    """Sign for a party; with the last signature the agreement is signed.

    `digest` is that of the text which the person saw. Raises TextChanged when it is another.
    """
    agreement = _held(party)
    rules.check_sign(by, party)
    if digest != agreement.digest:
        raise TextChanged
    party.signed_by, party.signer_name, party.signer_title = by, by.name, title
    party.signed_at, party.signed_digest = at, digest
    party.save()
    record(
        actor=by,
        verb="testbeds.sign_agreement",
        thing=agreement,
        at=at,
        organisation=party.organisation_id,
        digest=digest,
    )
    if not agreement.parties.filter(signed_at=None).exists():
        state = AGREEMENT_STATES.target(agreement.state, "conclude")
        save_if_unchanged(agreement, version=agreement.version, state=state, ended_at=at)
        _tell_parties(agreement, kinds.AGREEMENT_SIGNED, by, at)


@action
def decline_agreement(*, party: Party, reason: str, by: User, at: datetime) -> None:
    """Decline for a party; nobody can sign any more."""
    agreement = _held(party)
    rules.check_sign(by, party)
    state = AGREEMENT_STATES.target(agreement.state, "decline")
    save_if_unchanged(agreement, version=agreement.version, state=state, ended_at=at, reason=reason)
    record(
        actor=by,
        verb="testbeds.decline_agreement",
        thing=agreement,
        at=at,
        organisation=party.organisation_id,
    )
    _tell_parties(agreement, kinds.AGREEMENT_DECLINED, by, at)


def _held(party: Party) -> Agreement:
    """Lock the agreement and read the party anew: of two who sign for it at once, the second is too late."""
    agreement = Agreement.objects.select_for_update().get(pk=party.agreement_id)
    party.refresh_from_db()
    party.agreement = agreement
    return agreement


def _tell_parties(agreement: Agreement, kind: Kind, by: User, at: datetime) -> None:
    organisations = agreement.parties.values("organisation")
    people = User.objects.filter(memberships__organisation__in=organisations).distinct()
    tell(people=people.exclude(pk=by.pk), kind=kind, thing=agreement, by=by, at=at)
