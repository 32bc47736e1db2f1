from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from vuoksi.base.texts.queries import in_language
from vuoksi.loop.experiments.participants.engine import (
    LEAST,
    SCALES,
    NotAnswered,
    mean_of,
    published,
    published_share,
    score,
)
from vuoksi.loop.experiments.participants.models import (
    Item,
    Participant,
    Recruitment,
    Response,
    Survey,
)
from vuoksi.loop.experiments.participants.queries.consents import with_consent
from vuoksi.loop.experiments.participants.queries.recruiting import lines
from vuoksi.loop.experiments.plans.models import Experiment

OWN = "own"
LONGEST_TEXT = 1000
# Designs whose groups are compared with each other after the trial, whatever was known of them before.
COMPARED_AFTER = frozenset({Experiment.Design.TWO_GROUPS, Experiment.Design.MATCHED_PAIRS})


@dataclass(frozen=True, slots=True)
class Score:
    """What one participant's answers give before or after, under the code alone."""

    moment: str
    code: str
    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Cell:
    """How many chose an answer; None where fewer than five could be told apart."""

    label: str
    count: int | None


@dataclass(frozen=True, slots=True)
class ItemSummary:
    item: Item
    answered: int
    cells: list[Cell]


def surveys_of(recruitment: Recruitment) -> QuerySet[Survey]:
    return recruitment.surveys.order_by("-moment")  # before stands before after


def survey_of(recruitment: Recruitment, moment: str) -> Survey | None:
    return recruitment.surveys.filter(moment=moment).first()


def items_of(survey: Survey) -> list[Item]:
    return list(survey.items.order_by("position"))


def response_of(survey: Survey, participant: Participant) -> Response | None:
    return survey.responses.filter(participant=participant).first()


def waiting_surveys(participant: Participant) -> list[Survey]:
    """Open surveys that this participant has not sent in."""
    sent = participant.responses.exclude(submitted_at=None).values("survey")
    rows = participant.recruitment.surveys.filter(state=Survey.State.OPEN).exclude(pk__in=sent)
    return list(rows.order_by("-moment"))


def to_invite(survey: Survey) -> QuerySet[Participant]:
    """Those who take part, have agreed to what is in force, and were not invited yet."""
    rows = Participant.objects.filter(recruitment=survey.recruitment_id)
    rows = rows.filter(state__in=["joined", "completed"])
    return with_consent(rows).exclude(responses__survey=survey).select_related("key")


def faults_of(items: Iterable[Item], answers: dict[str, Any], *, whole: bool) -> dict[int, str]:
    """Why answers cannot stand, by the key of the item; gaps count when the whole is sent in."""
    found: dict[int, str] = {}
    for item in items:
        value = answers.get(str(item.pk))
        if value in (None, "", []):
            if whole and item.is_required:
                found[item.pk] = "required"
        elif not _fits(item, value):
            found[item.pk] = "invalid"
    return found


def measurable(recruitment: Recruitment) -> list[str]:
    """Scales, and ``own``, that can be compared: asked after the trial, and before too where the design needs it."""
    asked: dict[str, set[str]] = defaultdict(set)
    rows = Item.objects.filter(survey__recruitment=recruitment).exclude(scale="")
    for scale, moment in rows.values_list("scale", "survey__moment"):
        asked[scale].add(moment)
    needed = {Survey.Moment.AFTER}
    if recruitment.experiment.design not in COMPARED_AFTER:
        needed.add(Survey.Moment.BEFORE)
    return sorted(scale for scale, moments in asked.items() if needed <= moments)


def scores_of(experiment: Experiment, scale: str) -> list[Score]:
    """Scores before and after of all whose data may be used, in a fixed order; who answered in part is left out."""
    surveys = Survey.objects.filter(recruitment__experiment=experiment)
    found = []
    for survey in surveys:
        items = [item for item in items_of(survey) if item.scale == scale]
        for response in usable_responses(survey).exclude(submitted_at=None):
            value = score_of(items, response.answers, scale)
            if value is not None and response.submitted_at is not None:
                code = response.participant.code if response.participant else response.loose_code
                day = localtime(response.submitted_at).date()
                found.append(Score(survey.moment, code, day, value))
    return sorted(found, key=lambda one: (one.moment, one.code))


def usable_responses(survey: Survey) -> QuerySet[Response]:
    """Answers of those who have not withdrawn, and of those who withdrew under a promise to keep them loose."""
    usable = Q(participant=None) | Q(participant__state__in=["joined", "completed", "no_show"])
    return survey.responses.filter(usable).select_related("participant").order_by("pk")


def score_of(items: list[Item], answers: dict[str, Any], scale: str) -> float | None:
    """The score of one response, None where it has gaps."""
    values = [answers.get(str(item.pk)) for item in items]
    if scale == OWN and None in values:
        return None
    try:
        if scale == OWN:
            return mean_of(
                [
                    (int(value or 0), item.least, item.most, item.is_reversed)
                    for item, value in zip(items, values, strict=True)
                ]
            )
        return score(SCALES[scale], values)
    except NotAnswered:
        return None


def summary_of(survey: Survey) -> list[ItemSummary]:
    """What may be published of the answers: counts by answer, none that fewer than five could be known by.

    Texts are never published.
    """
    responses = [row.answers for row in usable_responses(survey).exclude(submitted_at=None)]
    items = [item for item in items_of(survey) if item.kind != Item.Kind.TEXT]
    return [_summary(item, responses) for item in items] if len(responses) >= LEAST else []


def _summary(item: Item, responses: list[dict[str, Any]]) -> ItemSummary:
    given = [answers[str(item.pk)] for answers in responses if str(item.pk) in answers]
    labels = labels_of(item)
    if item.kind == Item.Kind.SEVERAL:
        chosen = Counter(str(one) for values in given for one in values)
        cells = {key: published_share(chosen[key], len(given)) for key in labels}
    else:
        counts = Counter(str(value) for value in given)
        cells = published({key: counts[key] for key in labels})
    return ItemSummary(item, len(given), [Cell(labels[key], cells[key]) for key in labels])


def labels_of(item: Item) -> dict[str, str]:
    """Each possible answer with its words, as an answer is stored: the place of a choice, or the number."""
    if item.kind == Item.Kind.NUMBER:
        return {str(n): str(n) for n in range(item.least, item.most + 1)}
    return {str(n): words for n, words in enumerate(lines(item.choices))}


def items_by_keys(answers: dict[str, Any]) -> QuerySet[Item]:
    """The questions that answers belong to."""
    return Item.objects.filter(pk__in=[int(key) for key in answers]).order_by("position")


def answer_words(item: Item, value: Any) -> str:
    """An answer in words, in the reader's language where the survey is translated."""
    if item.kind == Item.Kind.TEXT:
        return str(value)
    labels = labels_of(item)
    shown = lines(str(in_language(item, "choices")))
    if item.kind != Item.Kind.NUMBER and len(shown) == len(labels):
        labels = dict(zip(labels, shown, strict=True))
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(one), str(one)) for one in chosen)


def _fits(item: Item, value: Any) -> bool:
    labels = labels_of(item)
    if item.kind == Item.Kind.TEXT:
        return isinstance(value, str) and len(value) <= LONGEST_TEXT
    if item.kind == Item.Kind.SEVERAL:
        return isinstance(value, list) and all(str(one) in labels for one in value)
    return isinstance(value, int) and str(value) in labels
