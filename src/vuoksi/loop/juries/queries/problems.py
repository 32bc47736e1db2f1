"""What the engines are given: panels as plain data, everything by its number.

Keys carry a letter (e12 an entry, j3 a juror, c7 a criterion), so that a sentence's facts can be given their names.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from vuoksi.base.organisations.models import Membership
from vuoksi.loop.calls.engine.assignment import bars, read_problem
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.juries.models import Conflict, Juror, Panel, Placing, Review, Score
from vuoksi.loop.juries.queries.panels import (
    competing,
    criteria_of,
    current_rules,
    finalists,
    people_of,
    placings_of,
    reviews_of,
    scale,
    seats_of,
)

Data = dict[str, Any]
# What the engine calls a reason, as it is kept.
_FOUND = {
    "author": Conflict.Found.AUTHOR,
    "organisation": Conflict.Found.ORGANISATION,
    "co_author": Conflict.Found.CO_AUTHOR,
    "forbidden": Conflict.Found.CO_AUTHOR,
    "declared": Conflict.Found.DECLARED,
}


def problem_of(panel: Panel) -> Data:
    """Give the problem of the panel's ranking, in the form that `vuoksi engine` reads."""
    return ranking_problem(panel) if panel.way == Panel.Way.SCORES else finals_problem(panel)


def ranking_problem(panel: Panel) -> Data:
    competes = _entries(panel)
    scores = Score.objects.filter(
        review__juror__panel=panel, review__state=Review.State.SENT, review__entry__in=competes
    ).order_by("review_id", "criterion_id")
    rows = scores.values_list("review__juror_id", "review__entry_id", "criterion_id", "value")
    return {
        "entries": [f"e{key}" for key in competes],
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
    competes = _entries(panel)
    for row in placings_of(panel).filter(entry__in=competes):
        orders[row.juror_id].append(f"e{row.entry_id}")
    return {
        "finalists": [f"e{key}" for key in competes],
        "ballots": [
            {"member": f"j{juror}", "order": order} for juror, order in sorted(orders.items())
        ],
        "places": min(panel.places, len(competes)),
        "seed": seed_of(panel),
    }


def assignment_problem(panel: Panel) -> Data:
    """Who could judge what. Reviews that were asked for stay; conflicts are declared, or follow from who wrote what."""
    entries, seats = list(competing(panel).order_by("pk")), _seats(panel)
    asked = reviews_of(panel).filter(entry__in=entries).exclude(state=Review.State.DECLINED)
    return {
        **_who_and_what(seats, entries),
        "wanted": panel.reviews_wanted,
        "fixed": [[f"p{row.juror.user_id}", f"e{row.entry_id}"] for row in asked.order_by("pk")],
    }


def conflicts_of(panel: Panel) -> dict[tuple[int, int], str]:
    """Pairs of (seat, entry) that must not be, and why: as it is now, whatever was asked for before.

    Somebody may join an entry, a firm or a unit after the reviews were shared out.
    """
    return conflicts_between(_seats(panel), list(competing(panel)))


def conflicts_between(
    seats: Sequence[Juror], entries: Sequence[Entry]
) -> dict[tuple[int, int], str]:
    """As `conflicts_of`, for some seats and entries of one panel; why is one of `Conflict.Found`."""
    if not seats or not entries:
        return {}
    asked = {**_who_and_what(seats, entries), "wanted": 1, "fixed": []}
    barred = bars(read_problem(json.dumps(asked)))
    numbers = {f"p{seat.user_id}": seat.pk for seat in seats}
    found: dict[tuple[int, int], str] = {}
    for pair, reasons in barred.items():
        # A language that one does not read is no conflict.
        why = [_FOUND[reason] for reason in reasons if reason != "language"]
        if why:
            found[numbers[pair.reviewer], int(pair.entry.removeprefix("e"))] = why[0]
    return found


def in_conflict(panel: Panel) -> tuple[dict[Review, str], dict[Placing, str]]:
    """What was asked for or given by jurors who, as it turns out, have a conflict of interest."""
    found = conflicts_of(panel)
    living = reviews_of(panel).exclude(state=Review.State.DECLINED)
    return (
        {row: found[pair] for row in living if (pair := (row.juror_id, row.entry_id)) in found},
        {
            row: found[pair]
            for row in placings_of(panel)
            if (pair := (row.juror_id, row.entry_id)) in found
        },
    )


def finalists_for(seat: Juror) -> list[Entry]:
    """The finalists that this juror puts in an order: all without a conflict of interest."""
    rows = list(finalists(seat.panel))
    barred = conflicts_between([seat], rows)
    return [row for row in rows if (seat.pk, row.pk) not in barred]


def idle_seats(panel: Panel) -> set[int]:
    """Seats of a jury that have nothing to put in an order: a conflict of interest bars them from every finalist."""
    if panel.way != Panel.Way.RANKS:
        return set()
    seats, rows = _seats(panel), list(competing(panel))
    barred = conflicts_between(seats, rows)
    return {seat.pk for seat in seats if all((seat.pk, row.pk) in barred for row in rows)}


def late_seats(panel: Panel) -> list[Juror]:
    """Jurors from whom something is still awaited."""
    if panel.way == Panel.Way.SCORES:
        return [seat for seat in seats_of(panel) if seat.sent < seat.asked]  # type: ignore[attr-defined]  # annotated
    idle = idle_seats(panel)
    return [seat for seat in seats_of(panel) if not seat.placed and seat.pk not in idle]  # type: ignore[attr-defined]  # annotated


def _seats(panel: Panel) -> list[Juror]:
    return list(panel.jurors.select_related("user").order_by("pk"))


def _who_and_what(seats: Sequence[Juror], entries: Sequence[Entry]) -> Data:
    """Entries and reviewers as the engine knows them, and pairs that must not be."""
    people = people_of(entries)
    belongs = _organisations({*(seat.user_id for seat in seats), *set().union(*people.values())})
    words = {seat.pk: _words(seat.expertise) for seat in seats}
    every_word = sorted(set().union(*words.values()))
    declared = _declared(seats, entries)
    return {
        "entries": [_entry(row, people[row.pk], belongs, every_word) for row in entries],
        "reviewers": [
            _reviewer(seat, words[seat.pk], belongs, declared.get(seat.pk, [])) for seat in seats
        ],
        "forbidden": _wrote_together(entries, people, seats),
    }


def _declared(seats: Sequence[Juror], entries: Sequence[Entry]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = Conflict.objects.filter(juror__in=seats, entry__in=entries).order_by("entry_id")
    for juror, entry in rows.values_list("juror_id", "entry_id"):
        found[juror].append(entry)
    return found


def _entry(row: Entry, people: set[int], belongs: dict[int, set[str]], words: list[str]) -> Data:
    text = f"{row.title}\n{row.summary}".casefold()
    return {
        "key": f"e{row.pk}",
        "topics": [word for word in words if word in text],
        "language": row.language,
        "authors": sorted(f"p{key}" for key in people),
        "organisations": sorted(set().union(*(belongs[key] for key in people))),
    }


def _reviewer(
    seat: Juror, words: set[str], belongs: dict[int, set[str]], declared: list[int]
) -> Data:
    return {
        "key": f"p{seat.user_id}",
        "most": seat.most_reviews,
        "expertise": sorted(words),
        "languages": [code for code in seat.languages.split(",") if code],
        "organisations": sorted(belongs[seat.user_id]),
        "conflicts": [f"e{key}" for key in declared],
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
    entries: Sequence[Entry], people: dict[int, set[int]], seats: Sequence[Juror]
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
    return list(competing(panel).order_by("pk").values_list("pk", flat=True))
