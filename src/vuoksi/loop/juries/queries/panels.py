from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from vuoksi.base.people.models import User
from vuoksi.base.runs.models import Run
from vuoksi.lib import canonical
from vuoksi.loop.calls.models import Call, CoAuthor, Entry
from vuoksi.loop.calls.queries import is_open
from vuoksi.loop.calls.rules import IS_PUBLIC, PUBLIC_CALLS, PUBLIC_ENTRIES
from vuoksi.loop.juries.models import (
    Conflict,
    Criterion,
    Juror,
    Panel,
    Placing,
    Ranking,
    Remark,
    Review,
    RuleSet,
    Score,
)

# A jury can put this many ideas in an order and still mean it; the exact counting takes no more.
MOST_FINALISTS = 14
# Named in the frozen rules: a new way of counting gets a new name.
METHOD = {
    Panel.Way.SCORES: "hierarchical two-way model, corrected for lenient and strict reviewers, version 1",
    Panel.Way.RANKS: "order with the least disagreement, chances by resampling jurors, version 1",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a panel's reviews are."""

    asked: int
    sent: int
    declined: int

    @property
    def missing(self) -> int:
        return self.asked - self.sent


@dataclass(frozen=True, slots=True)
class Said:
    """What the jury tells the authors of an entry: means by criterion, and words without names."""

    panel: Panel
    points: list[tuple[Criterion, float, int]]
    words: list[Review]
    reviews: int


def held(panel: Panel) -> Panel:
    """The panel as it is now, locked: the end of judging comes wholly before or wholly after what holds it."""
    return Panel.objects.select_for_update(no_key=True).get(pk=panel.pk)


def panels_of(call: Call) -> QuerySet[Panel]:
    return call.panels.select_related("category").order_by("position", "pk")


def concluded_panels(call: Call) -> QuerySet[Panel]:
    return panels_of(call).filter(state=Panel.State.CONCLUDED)


def published_panels() -> QuerySet[Panel]:
    """Concluded panels of public calls, the newest first."""
    return (
        Panel.objects.filter(state=Panel.State.CONCLUDED, call__state__in=PUBLIC_CALLS)
        .select_related("call", "category")
        .order_by("-concluded_at", "-pk")
    )


def short_entries(panel: Panel) -> list[tuple[Entry, int]]:
    """Entries with fewer reviews sent than wanted, and how many are missing; the barest first."""
    sent = Count(
        "reviews",
        filter=Q(reviews__juror__panel=panel, reviews__state=Review.State.SENT),
        distinct=True,
    )
    rows = competing(panel).select_related("call").annotate(sent_here=sent)
    return [
        (row, panel.reviews_wanted - row.sent_here)
        for row in rows.filter(sent_here__lt=panel.reviews_wanted).order_by(
            "sent_here", "title", "pk"
        )
    ]


def panels_to_remind(at: datetime) -> QuerySet[Panel]:
    """Open panels whose time is over and whose late jurors the clock has not reminded."""
    return Panel.objects.filter(state=Panel.State.OPEN, due_at__lt=at, reminded_at=None)


def earlier_panel(panel: Panel) -> Panel | None:
    """The experts' panel before this one in the same category, whose best are its finalists."""
    rows = Panel.objects.filter(
        call=panel.call_id,
        category=panel.category_id,
        way=Panel.Way.SCORES,
        position__lt=panel.position,
        state__in=[Panel.State.LOCKED, Panel.State.CONCLUDED],
    )
    return rows.order_by("-position", "-pk").first()


def every_score(panel: Panel) -> QuerySet[Score]:
    """All that was scored and sent, for the export of those who lead the panel."""
    return (
        Score.objects.filter(review__juror__panel=panel, review__state=Review.State.SENT)
        .select_related("review__entry", "review__juror__user", "criterion")
        .order_by("review__entry_id", "review__juror_id", "criterion__position")
    )


def panels_for(user: User) -> QuerySet[Panel]:
    """Panels that the person sits on and that have opened."""
    return (
        Panel.objects.filter(jurors__user=user)
        .exclude(state=Panel.State.DRAFT)
        .select_related("call", "category")
        .order_by("-opened_at", "pk")
    )


def scale(criterion: Criterion) -> list[str]:
    """What each point means, from 1 up."""
    return lines(criterion.anchors)


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def criteria_of(panel: Panel) -> list[Criterion]:
    return list(panel.criteria.order_by("position"))


def eligible(panel: Panel) -> QuerySet[Entry]:
    """Entries that were sent, are shown and compete here."""
    rows = Entry.objects.filter(IS_PUBLIC, call=panel.call_id)
    return rows if panel.category_id is None else rows.filter(category=panel.category_id)


def competing(panel: Panel) -> QuerySet[Entry]:
    """The panel's entries, but those that were withdrawn since, or are out of sight."""
    return panel.entries.filter(IS_PUBLIC)


def missing_before_opening(panel: Panel, at: datetime) -> list[str]:
    """Name what the panel lacks: "sending" (is not over), "criteria", "jurors", "finalists", "entries"."""
    # What is sent later would never be judged.
    missing = ["sending"] if is_open(panel.call, at) else []
    if panel.way == Panel.Way.SCORES and not panel.criteria.exists():
        missing.append("criteria")
    if panel.jurors.count() < 2:
        missing.append("jurors")
    if panel.way == Panel.Way.RANKS and not 2 <= competing(panel).count() <= MOST_FINALISTS:
        missing.append("finalists")
    pool = competing(panel) if panel.entries.exists() else eligible(panel)
    if panel.way == Panel.Way.SCORES and not pool.exists():
        missing.append("entries")
    return missing


def rules_data(panel: Panel) -> dict[str, Any]:
    """The rules as plain data: what is frozen when the panel opens."""
    call = panel.call
    return {
        "call": call.slug,
        "category": panel.category.slug if panel.category else None,
        "eligibility": {"entrants": call.entrants, "states": sorted(PUBLIC_ENTRIES)},
        "way": panel.way,
        "method": METHOD[Panel.Way(panel.way)],
        "places": panel.places,
        "reviews_wanted": panel.reviews_wanted,
        "is_blind": panel.is_blind,
        "guidance": panel.guidance,
        # By the numbers of their seats: who sits there is no rule, that somebody came or went is.
        "jurors": sorted(panel.jurors.values_list("pk", flat=True)),
        "criteria": [
            {
                "number": criterion.pk,
                "label": criterion.label,
                "weight": criterion.weight,
                "scale": scale(criterion),
            }
            for criterion in criteria_of(panel)
        ],
    }


def rule_sets_of(panel: Panel) -> QuerySet[RuleSet]:
    return panel.rule_sets.order_by("-number")


def current_rules(panel: Panel) -> RuleSet | None:
    return rule_sets_of(panel).first()


def reviews_of(panel: Panel) -> QuerySet[Review]:
    return (
        Review.objects.filter(juror__panel=panel)
        .select_related("juror__user", "juror__panel", "entry__call")
        .prefetch_related("scores")
    )


def my_reviews(panel: Panel, user: User) -> QuerySet[Review]:
    """What this person has to judge here: first what is still to do."""
    return reviews_of(panel).filter(juror__user=user).order_by("state", "entry__title", "pk")


def progress_of(panel: Panel) -> Progress:
    return progress_of_all([panel])[panel.pk]


def progress_of_all(panels: Iterable[Panel]) -> dict[int, Progress]:
    """How far the reviews of each panel are, in one query."""
    keys = [panel.pk for panel in panels]
    rows = Review.objects.filter(juror__panel__in=keys).order_by()
    counted = rows.values_list("juror__panel", "state").annotate(n=Count("pk"))
    counts = {(panel, state): n for panel, state, n in counted}

    def progress(key: int) -> Progress:
        asked, sent, declined = (
            counts.get((key, state), 0)
            for state in (Review.State.ASKED, Review.State.SENT, Review.State.DECLINED)
        )
        return Progress(asked + sent, sent, declined)

    return {key: progress(key) for key in keys}


def seats_of(panel: Panel) -> QuerySet[Juror]:
    """Jurors with how much each was asked and has done, and how much of it after its time."""
    return (
        panel.jurors.select_related("user")
        .annotate(
            asked=Count("reviews", filter=~Q(reviews__state=Review.State.DECLINED), distinct=True),
            sent=Count("reviews", filter=Q(reviews__state=Review.State.SENT), distinct=True),
            late=Count(
                "reviews",
                filter=Q(reviews__state=Review.State.SENT, reviews__sent_at__gt=panel.due_at),
                distinct=True,
            ),
            placed=Count("placings", distinct=True),
        )
        .order_by("user__name", "pk")
    )


def given_up(panel: Panel) -> QuerySet[Conflict]:
    """Conflicts of interest on this panel, declared and found."""
    rows = Conflict.objects.filter(juror__panel=panel).select_related("juror__user", "entry")
    return rows.order_by("at", "pk")


def finalists(panel: Panel) -> QuerySet[Entry]:
    return competing(panel).select_related("call", "category", "author").order_by("title", "pk")


def placings_of(panel: Panel) -> QuerySet[Placing]:
    return Placing.objects.filter(juror__panel=panel).order_by("juror_id", "place")


def remarks_on(panel: Panel, entry: Entry) -> QuerySet[Remark]:
    return panel.remarks.filter(entry=entry).select_related("by").order_by("at", "pk")


def newest_ranking(panel: Panel) -> Ranking | None:
    return (
        Ranking.objects.filter(panel=panel).select_related("rules").order_by("-at", "-pk").first()
    )


def newest_sharing(panel: Panel) -> Run | None:
    """The latest run that shared the panel's entries out and came to an end."""
    runs = Run.objects.filter(kind="juries.assign", problem__panel=panel.pk, status=Run.Status.DONE)
    return runs.order_by("-pk").first()


def judged_digest(panel: Panel) -> str:
    """Fingerprint of all that a ranking is made from: rules, sent scores, orders."""
    rules = current_rules(panel)
    scores = Score.objects.filter(
        review__juror__panel=panel, review__state=Review.State.SENT
    ).order_by("review_id", "criterion_id")
    return canonical.digest(
        {
            "rules": rules.digest if rules else None,
            "entries": sorted(competing(panel).values_list("pk", flat=True)),
            "scores": [
                list(row) for row in scores.values_list("review_id", "criterion_id", "value")
            ],
            "orders": [
                list(row) for row in placings_of(panel).values_list("juror_id", "entry_id", "place")
            ],
        }
    )


def feedback_on(entry: Entry) -> list[Said]:
    """What concluded panels say to the authors of an entry."""
    panels = Panel.objects.filter(
        call=entry.call_id, state=Panel.State.CONCLUDED, way=Panel.Way.SCORES
    ).order_by("position", "pk")
    return [_said(panel, entry) for panel in panels if panel.entries.filter(pk=entry.pk).exists()]


def _said(panel: Panel, entry: Entry) -> Said:
    reviews = list(reviews_of(panel).filter(entry=entry, state=Review.State.SENT).order_by("pk"))
    values: dict[int, list[int]] = defaultdict(list)
    for review in reviews:
        for score in review.scores.all():
            values[score.criterion_id].append(score.value)
    points = [
        (criterion, sum(given) / len(given), len(scale(criterion)))
        for criterion in criteria_of(panel)
        if (given := values.get(criterion.pk))
    ]
    return Said(panel, points, [one for one in reviews if one.to_author], len(reviews))


def people_of(entries: Iterable[Entry]) -> dict[int, set[int]]:
    """Who wrote each entry: keys of people by the entry's key. Two queries beside the entries' own fields."""
    rows = list(entries)
    people: dict[int, set[int]] = {
        row.pk: {key for key in (row.author_id, row.entered_by_id) if key is not None}
        for row in rows
    }
    accepted = CoAuthor.objects.filter(
        entry__in=rows, accepted_at__isnull=False, user__isnull=False
    )
    for entry, user in accepted.values_list("entry_id", "user_id"):
        people[entry].add(user)
    # Sent without an account, and its owner has made one since.
    sent_from = {row.pk: row.author_email for row in rows if row.author_id is None}
    addresses = {address for address in sent_from.values() if address}
    owners = dict(User.objects.filter(email__in=addresses).values_list("email", "pk"))
    for entry, address in sent_from.items():
        if address in owners:
            people[entry].add(owners[address])
    return people


def is_late(panel: Panel, at: datetime) -> bool:
    return panel.state == Panel.State.OPEN and panel.due_at < at
