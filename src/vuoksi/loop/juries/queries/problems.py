"""What the engines are given: panels as plain data, everything by its number.

Keys carry a letter (e12 an entry, j3 a juror, c7 a criterion), so that a sentence's facts can be given their names.
"""

from collections import defaultdict
from typing import Any

from django.db.models import Q

from vuoksi.base.organisations.models import Membership
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.juries.models import Conflict, Juror, Panel, Review, Score
from vuoksi.loop.juries.queries.panels import (
    criteria_of,
    current_rules,
    people_of,
    placings_of,
    reviews_of,
    scale,
)

Data = dict[str, Any]


def problem_of(panel: Panel) -> Data:
    """Give the problem of the panel's ranking, in the form that `vuoksi engine` reads."""
    return ranking_problem(panel) if panel.way == Panel.Way.SCORES else finals_problem(panel)


def ranking_problem(panel: Panel) -> Data:
    scores = Score.objects.filter(
        review__juror__panel=panel, review__state=Review.State.SENT
    ).order_by("review_id", "criterion_id")
    rows = scores.values_list("review__juror_id", "review__entry_id", "criterion_id", "value")
    return {
        "entries": [f"e{key}" for key in _entries(panel)],
        "criteria": [
            {
                "key": f"c{row.pk}",
                "weight": row.weight,
                "low": 1,
                "high": len(scale(row)),
            }
            for row in criteria_of(panel)
        ],
        "scores": [
            {
                "reviewer": f"j{juror}",
                "entry": f"e{entry}",
                "criterion": f"c{criterion}",
                "value": value,
            }
            for juror, entry, criterion, value in rows
        ],
        "places": panel.places,
        "seed": seed_of(panel),
    }


def finals_problem(panel: Panel) -> Data:
    orders: dict[int, list[str]] = defaultdict(list)
    for row in placings_of(panel):
        orders[row.juror_id].append(f"e{row.entry_id}")
    return {
        "finalists": [f"e{key}" for key in _entries(panel)],
        "ballots": [
            {"member": f"j{juror}", "order": order} for juror, order in sorted(orders.items())
        ],
        "places": min(panel.places, panel.entries.count()),
        "seed": seed_of(panel),
    }


def assignment_problem(panel: Panel) -> Data:
    """Who could judge what. Reviews that were asked for stay; conflicts are declared, or follow from who wrote what."""
    entries = list(panel.entries.order_by("pk"))
    seats = list(panel.jurors.select_related("user").order_by("pk"))
    people = people_of(entries)
    belongs = _organisations({*(seat.user_id for seat in seats), *set().union(*people.values())})
    asked = reviews_of(panel).exclude(state=Review.State.DECLINED)
    words = {seat.pk: _words(seat.expertise) for seat in seats}
    every_word = sorted(set().union(*words.values()))
    return {
        "entries": [_entry(row, people[row.pk], belongs, every_word) for row in entries],
        "reviewers": [_reviewer(seat, words[seat.pk], belongs) for seat in seats],
        "wanted": panel.reviews_wanted,
        "fixed": [[f"p{row.juror.user_id}", f"e{row.entry_id}"] for row in asked.order_by("pk")],
        "forbidden": _wrote_together(entries, people, seats),
    }


def _entry(row: Entry, people: set[int], belongs: dict[int, set[str]], words: list[str]) -> Data:
    text = f"{row.title}\n{row.summary}".casefold()
    return {
        "key": f"e{row.pk}",
        "topics": [word for word in words if word in text],
        "language": row.language,
        "authors": sorted(f"p{key}" for key in people),
        "organisations": sorted(set().union(*(belongs[key] for key in people))),
    }


def _reviewer(seat: Juror, words: set[str], belongs: dict[int, set[str]]) -> Data:
    declared = Conflict.objects.filter(juror=seat).values_list("entry_id", flat=True)
    return {
        "key": f"p{seat.user_id}",
        "most": seat.most_reviews,
        "expertise": sorted(words),
        "languages": [code for code in seat.languages.split(",") if code],
        "organisations": sorted(belongs[seat.user_id]),
        "conflicts": sorted(f"e{key}" for key in declared),
    }


def _words(expertise: str) -> set[str]:
    return {word.strip().casefold() for word in expertise.split(",") if word.strip()}


def _organisations(people: set[int]) -> dict[int, set[str]]:
    """Organisations by person. The city's own units count too: nobody judges a colleague of their unit."""
    found: dict[int, set[str]] = {key: set() for key in people}
    rows = Membership.objects.filter(user__in=people)
    for user, organisation in rows.values_list("user_id", "organisation_id"):
        found[user].add(f"o{organisation}")
    return found


def _wrote_together(
    entries: list[Entry], people: dict[int, set[int]], seats: list[Juror]
) -> list[list[str]]:
    """Pairs that must not be, because juror and author wrote something together, in whatever call."""
    jurors = {seat.user_id for seat in seats}
    theirs = Entry.objects.filter(Q(author__in=jurors) | Q(co_authors__user__in=jurors)).distinct()
    partners: dict[int, set[int]] = defaultdict(set)
    for group in people_of(theirs).values():
        for one in group & jurors:
            partners[one] |= group - {one}
    return [
        [f"p{juror}", f"e{row.pk}"]
        for row in entries
        for juror in sorted(jurors)
        if partners[juror] & people[row.pk] and juror not in people[row.pk]
    ]


def seed_of(panel: Panel) -> int:
    """The seed of the panel's draws: from its frozen rules, so that nobody chooses it after the scores."""
    rules = current_rules(panel)
    return int(rules.digest[:8], 16) if rules else 0


def _entries(panel: Panel) -> list[int]:
    return list(panel.entries.order_by("pk").values_list("pk", flat=True))
