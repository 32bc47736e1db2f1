"""What pages of panels show of a ranking, made from what the engine found."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from vuoksi.base.lists.columns import Text
from vuoksi.base.texts.queries import attach, in_language
from vuoksi.base.ui.charts import Chart, Effect, interval_chart
from vuoksi.base.ui.templatetags.ui import figure
from vuoksi.loop.calls.engine.sentences import Sentence, percent, shown
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.juries import queries
from vuoksi.loop.juries.models import Panel, Ranking
from vuoksi.loop.juries.words import ASSIGNMENT, RANKINGS, said

_KEY = re.compile(r"\b[ejp]\d+\b")


@dataclass(frozen=True, slots=True)
class Row:
    """One entry in the ranking. `score` and `mean` are None in a jury's order."""

    entry: Entry
    place: int
    place_low: int
    place_high: int
    percent: int
    score: float | None
    mean: float | None
    reviews: int
    is_winning: bool


def rows_of(panel: Panel, ranking: Ranking | None) -> list[Row]:
    """Give the ranking's rows, the best first; nothing without a ranking."""
    if ranking is None:
        return []
    entries = {f"e{row.pk}": row for row in attach(queries.finalists(panel))}
    standings: list[dict[str, Any]] = ranking.result["standings"]
    # An entry that was withdrawn since is no finalist any more, and not in the picture.
    return [
        _row(panel, entries[key], one)
        for one in standings
        if (key := one.get("entry") or one["finalist"]) in entries
    ]


def published_rows(panel: Panel) -> list[Row]:
    """The places that a concluded panel gave: what everybody reads of its ranking."""
    rows = rows_of(panel, queries.newest_ranking(panel))
    return [row for row in rows if row.is_winning or row.entry.award]


def proposed_finalists(panel: Panel) -> list[int]:
    """Keys of the entries on the experts' places, proposed to the jury that comes after them."""
    earlier = queries.earlier_panel(panel) if panel.way == Panel.Way.RANKS else None
    if earlier is None:
        return []
    rows = rows_of(earlier, queries.newest_ranking(earlier))
    return [row.entry.pk for row in rows if row.is_winning]


def entry_row(panel: Panel, ranking: Ranking | None, entry: Entry) -> Row | None:
    return next((row for row in rows_of(panel, ranking) if row.entry.pk == entry.pk), None)


def sentences_of(panel: Panel, ranking: Ranking | None) -> list[str]:
    """What the ranking says, in the reader's language."""
    if ranking is None:
        return []
    return _said(panel, ranking.result, RANKINGS[Panel.Way(panel.way)])


def shared_out(panel: Panel) -> list[str]:
    """What the latest sharing out of entries reached, and what it could not."""
    run = queries.newest_sharing(panel)
    return [] if run is None or run.result is None else _said(panel, run.result, ASSIGNMENT)


def _said(panel: Panel, result: dict[str, Any], texts: Mapping[str, Text]) -> list[str]:
    """The sentences of an engine's result, with titles and names for keys."""
    names = _names(panel)
    return [
        said(Sentence(one["code"], {k: _named(v, names) for k, v in one["facts"].items()}), texts)
        for one in result["explanation"]
    ]


def is_cut_decided(ranking: Ranking | None) -> bool | None:
    """Whether the line after the last place is clear; None where there is no such line."""
    if ranking is None:
        return None
    cuts: list[dict[str, Any]] = ranking.result.get("cuts", [])
    if cuts:
        return bool(cuts[0]["is_decided"])
    codes = {one["code"] for one in ranking.result["explanation"]}
    return "cut_decided" in codes if codes & {"cut_decided", "cut_open", "cut_tie"} else None


def chart_of(ranking: Ranking | None, rows: list[Row]) -> Chart | None:
    """Draw the corrected scores with their intervals; a jury's order has none."""
    if ranking is None or not rows or rows[0].score is None:
        return None
    standings = {one["entry"]: one for one in ranking.result["standings"]}
    effects = [
        Effect(
            f"{row.place}. {in_language(row.entry, 'title')}"[:60],
            one["corrected"],
            one["low"],
            one["high"],
        )
        for row in rows
        for one in [standings[f"e{row.entry.pk}"]]
    ]
    return interval_chart(
        gettext("Corrected scores and how sure they are"),
        effects,
        unit=gettext("points"),
        source=gettext("the panel’s reviews"),
    )


def _row(panel: Panel, entry: Entry, one: Mapping[str, Any]) -> Row:
    place = one.get("rank") or one["place"]
    return Row(
        entry=entry,
        place=place,
        place_low=one["rank_low"],
        place_high=one["rank_high"],
        percent=percent(one["chance"]),
        score=one.get("corrected"),
        mean=one.get("mean_score"),
        reviews=one.get("reviews", 0),
        is_winning=place <= panel.places,
    )


def _names(panel: Panel) -> dict[str, str]:
    gone = gettext("an idea that was withdrawn")
    entries = {f"e{key}": gone for key in panel.entries.values_list("pk", flat=True)} | {
        f"e{row.pk}": f"“{in_language(row, 'title')}”" for row in attach(queries.finalists(panel))
    }
    seats = [(seat, seat.user.name or seat.user.email) for seat in queries.seats_of(panel)]
    jurors = {f"j{seat.pk}": name for seat, name in seats}
    people = {f"p{seat.user_id}": name for seat, name in seats}
    return {**entries, **jurors, **people}


def _named(fact: Any, names: Mapping[str, str]) -> Any:
    """Give titles and names for keys, and numbers in the reader's manner."""
    if isinstance(fact, float):
        return figure(float(shown(fact)))
    if not isinstance(fact, str):
        return fact
    return _KEY.sub(lambda found: names.get(found[0], found[0]), fact)
