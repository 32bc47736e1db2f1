from collections.abc import Mapping
from datetime import datetime

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell
from vuoksi.base.people.models import User
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.testbeds import kinds, queries, rules
from vuoksi.loop.experiments.testbeds.engine import NEWEST
from vuoksi.loop.experiments.testbeds.models import CHECKLIST_STATES, FilledChecklist
from vuoksi.loop.experiments.testbeds.refusals import Incomplete, TextChanged


@action
def fill_checklist(
    *,
    experiment: Experiment,
    answers: Mapping[str, Mapping[str, str]],
    assessment: str,
    review: str,
    version: int,
    by: User,
    at: datetime,
    is_demo: bool = False,
) -> FilledChecklist:
    """Save answers, complete or not; from the first time on the experiment waits for the sign-off.

    `version` is that of the answers which the person saw, 0 for none. Raises EditedMeanwhile, and NotPossible once it
    is signed off.
    """
    rules.check_fill_checklist(by, experiment)
    changes = {
        "questions": NEWEST,
        "answers": {key: dict(one) for key, one in answers.items()},
        "assessment": assessment,
        "review": review,
        "filled_by": by,
        "filled_at": at,
    }
    row, is_new = FilledChecklist.objects.get_or_create(
        experiment=experiment, defaults={**changes, "is_demo": is_demo}
    )
    if not is_new:
        CHECKLIST_STATES.target(row.state, "sign")
        save_if_unchanged(row, version=version, **changes)
    record(actor=by, verb="testbeds.fill_checklist", thing=row, at=at, questions=NEWEST)
    return row


@action
def sign_off_checklist(
    *, checklist: FilledChecklist, role: str, digest: str, by: User, at: datetime
) -> None:
    """Sign off the answers that the person saw. Raises Incomplete, and TextChanged when they are others by now."""
    rules.check_sign_off(by, checklist)
    if checklist.state == FilledChecklist.State.SIGNED:
        return nothing_to_do()
    wrong = queries.faults_of(checklist)
    if wrong:
        raise Incomplete(wrong)
    if digest != queries.checklist_digest(checklist):
        raise TextChanged
    save_if_unchanged(
        checklist,
        version=checklist.version,
        state=CHECKLIST_STATES.target(checklist.state, "sign"),
        signed_by=by,
        signer_name=by.name,
        signer_role=FilledChecklist.Role(role),
        signed_at=at,
        signed_digest=digest,
    )
    record(
        actor=by,
        verb="testbeds.sign_off_checklist",
        thing=checklist,
        at=at,
        role=role,
        digest=digest,
    )
    if checklist.filled_by is not None:
        tell(
            people=[checklist.filled_by],
            kind=kinds.CHECKLIST_SIGNED,
            thing=checklist.experiment,
            by=by,
            at=at,
        )
    return None


@action
def reopen_checklist(*, checklist: FilledChecklist, by: User, at: datetime) -> None:
    """Open a signed checklist again before the experiment starts; the sign-off is void, the audit trail keeps it."""
    rules.check_reopen_checklist(by, checklist)
    if checklist.state == FilledChecklist.State.OPEN:
        return nothing_to_do()
    save_if_unchanged(
        checklist,
        version=checklist.version,
        state=CHECKLIST_STATES.target(checklist.state, "reopen"),
        signed_by=None,
        signer_name="",
        signer_role="",
        signed_at=None,
        signed_digest="",
    )
    record(actor=by, verb="testbeds.reopen_checklist", thing=checklist, at=at)
    return None
