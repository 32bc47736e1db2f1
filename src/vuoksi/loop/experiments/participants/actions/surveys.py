"""Surveys: writing them, opening, answering, reminding, publishing what may be published."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell, tell_upstream
from vuoksi.base.people.models import User
from vuoksi.loop.experiments.participants import kinds, letters, queries, rules
from vuoksi.loop.experiments.participants.actions.consents import ask_for_consent
from vuoksi.loop.experiments.participants.actions.keys import renew_own
from vuoksi.loop.experiments.participants.engine import SCALES
from vuoksi.loop.experiments.participants.models import (
    SURVEY_STATES,
    Item,
    Participant,
    Recruitment,
    Response,
    Survey,
)
from vuoksi.loop.experiments.participants.refusals import Frozen, Unanswered, Unready

MOST_REMINDERS = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as it is written."""

    kind: str
    text: str
    choices: str = ""
    least: int = 1
    most: int = 5
    least_words: str = ""
    most_words: str = ""
    scale: str = ""
    is_reversed: bool = False
    is_required: bool = False


@action
def write_survey(
    *,
    recruitment: Recruitment,
    moment: str,
    language: str,
    title: str,
    intro: str,
    reminder_days: int,
    items: Iterable[Draft],
    by: User,
    at: datetime,
    is_demo: bool = False,
) -> Survey:
    """Write the survey of a moment, or write it again before it is open. Raises Frozen."""
    rules.check_lead(by, recruitment)
    words = {"language": language, "title": title, "intro": intro, "reminder_days": reminder_days}
    survey, _is_new = Survey.objects.get_or_create(
        recruitment=recruitment,
        moment=Survey.Moment(moment),
        defaults={**words, "is_demo": is_demo},
    )
    if survey.state != Survey.State.DRAFT:
        raise Frozen
    save_if_unchanged(survey, version=survey.version, **words)
    _write_items(survey, list(items))
    record(actor=by, verb="participants.write_survey", thing=survey, at=at, moment=moment)
    return survey


@action
def open_survey(*, survey: Survey, by: User, at: datetime) -> None:
    """Fix the questions and invite all who take part. Raises Unready."""
    rules.check_lead(by, survey.recruitment)
    if survey.state == Survey.State.OPEN:
        return nothing_to_do()
    state = SURVEY_STATES.target(survey.state, "open")
    _check_whole(queries.items_of(survey))
    save_if_unchanged(survey, version=survey.version, state=state, opened_at=at)
    record(actor=by, verb="participants.open_survey", thing=survey, at=at)
    invite_to_survey(survey=survey, at=at)
    return None


@action
def close_survey(*, survey: Survey, by: User, at: datetime) -> None:
    rules.check_lead(by, survey.recruitment)
    if survey.state == Survey.State.CLOSED:
        return nothing_to_do()
    state = SURVEY_STATES.target(survey.state, "close")
    save_if_unchanged(survey, version=survey.version, state=state)
    record(actor=by, verb="participants.close_survey", thing=survey, at=at)
    return None


@action
def publish_summary(*, survey: Survey, is_published: bool, by: User, at: datetime) -> None:
    """Let everybody read the counts of answers, as far as nobody can be known by them; or no longer."""
    rules.check_lead(by, survey.recruitment)
    is_new = is_published and not survey.is_published
    save_if_unchanged(survey, version=survey.version, is_published=is_published)
    record(actor=by, verb="participants.publish_summary", thing=survey, at=at, shown=is_published)
    if is_new:
        tell_upstream(kind=kinds.SUMMARY_PUBLISHED, thing=survey.recruitment, by=by, at=at)


@action
def invite_to_survey(*, survey: Survey, at: datetime) -> int:
    """Invite those who take part, have agreed to what is in force, and were not invited yet."""
    nothing_to_do()
    people, rows = [], list(queries.to_invite(survey))
    for participant in rows:
        Response.objects.create(survey=survey, participant=participant, invited_at=at)
        _write(participant, survey, at, is_reminder=False)
        if participant.key.user is not None:
            people.append(participant.key.user)
    if people:
        recruitment = survey.recruitment
        tell(people=people, kind=kinds.SURVEY_OPEN, thing=recruitment, by=None, at=at)
    return len(rows)


@action
def remind(*, at: datetime) -> int:
    """Invite who came since, and remind those who have not sent in, at most twice.

    A survey does not open before one has agreed to the consent in force, so who has not is asked for that instead.
    """
    nothing_to_do()
    count = 0
    for survey in Survey.objects.filter(state=Survey.State.OPEN).select_related("recruitment"):
        count += invite_to_survey(survey=survey, at=at)
        before = at - timedelta(days=survey.reminder_days)
        waiting = survey.responses.filter(
            submitted_at=None,
            invited_at__lte=before,
            reminders__lt=MOST_REMINDERS,
            participant__state__in=["joined", "completed"],
            participant__key__isnull=False,
        ).exclude(reminded_at__gt=before)
        agreed = set(queries.agreed_in(survey.recruitment).values_list("pk", flat=True))
        for response in waiting.select_related("participant__key__participant__recruitment"):
            response.reminders, response.reminded_at = response.reminders + 1, at
            response.save(update_fields=["reminders", "reminded_at"])
            assert response.participant is not None  # it has a key
            if response.participant.pk in agreed:
                _write(response.participant, survey, at, is_reminder=True)
            else:
                ask_for_consent(participant=response.participant, at=at)
            count += 1
    return count


@action
def save_answers(
    *,
    survey: Survey,
    participant: Participant,
    answers: dict[str, Any],
    is_sent: bool,
    at: datetime,
) -> Response:
    """Keep answers, also in part; once sent in they count. Raises Frozen, Unready (no consent), Unanswered."""
    # Somebody who withdraws in this moment waits here, or is seen to have withdrawn.
    Recruitment.objects.select_for_update().get(pk=survey.recruitment_id)
    participant.refresh_from_db()
    survey.refresh_from_db()
    if survey.state != Survey.State.OPEN or participant.state not in queries.IN_TRIAL:
        raise Frozen
    if not queries.has_consent(participant):
        raise Unready("consent")
    items = queries.items_of(survey)
    known = {str(item.pk) for item in items}
    kept = {key: value for key, value in answers.items() if key in known and value not in ("", [])}
    faults = queries.faults_of(items, kept, whole=is_sent)
    if faults:
        raise Unanswered(faults)
    response, _is_new = Response.objects.get_or_create(
        survey=survey, participant=participant, defaults={"invited_at": at}
    )
    response.answers, response.saved_at = kept, at
    if is_sent:
        response.submitted_at = response.submitted_at or at
    response.save()
    record(
        actor=None,
        verb="participants.save_answers",
        thing=participant,
        at=at,
        survey=survey.pk,
        sent=is_sent,
    )
    return response


def _write_items(survey: Survey, items: list[Draft]) -> None:
    known = {row.position: row for row in survey.items.all()}
    for position, draft in enumerate(items):
        row = known.get(position) or Item(survey=survey, position=position)
        for name, value in asdict(draft).items():
            setattr(row, name, value)
        row.language = survey.language
        row.save()
    survey.items.filter(position__gte=len(items)).delete()


def _check_whole(items: list[Item]) -> None:
    """Everything has its wording, and a scale that is asked is asked whole."""
    if not items:
        raise Unready("items")
    if any(not item.text for item in items):
        raise Unready("wording")
    for key, scale in SCALES.items():
        count = sum(item.scale == key for item in items)
        if count not in (0, scale.items):
            raise Unready("scale")


def _write(participant: Participant, survey: Survey, at: datetime, *, is_reminder: bool) -> None:
    token = renew_own(key=participant.key, at=at)
    letters.survey_waits(participant.key, survey, token, is_reminder=is_reminder)
