"""A ranking in sentences that a jury and an entrant can read.

`ENGLISH` has one text for each code and serves as the source of translations.
"""

from collections.abc import Mapping
from types import MappingProxyType

from vuoksi.loop.calls.engine.ranking.problem import (
    Band,
    Cut,
    Problem,
    Result,
    Standing,
)
from vuoksi.loop.calls.engine.sentences import Fact, Sentence, listed, percent, say

ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "in_category": "Category {category}:",
        "place_decided": "Place {place} is clear: {entry}.",
        "places_decided": "Places {first} to {last} are clear, each of them.",
        "places_open": "Places {first} to {last} are not decided by the scores: who stands on them is"
        " clear, their order is not.",
        "places_rest": "From place {first} on, the scores do not decide the order.",
        "nothing_decided": "The scores do not decide any place for certain.",
        "cut_none": "There are no places to be given.",
        "cut_all": "There is a place for every entry.",
        "cut_decided": "The line after place {places} is clear: {last_in} is in, {first_out} is not.",
        "cut_open": "The line after place {places} is not clear: the chance that {last_in} truly is"
        " better than {first_out} is {percent} %.",
        "cut_tie": "The line after place {places} runs between entries with the same corrected score"
        " ({last_in} and {first_out}): the scores cannot choose between them.",
        "certain": "Sure of a place ({confidence} % or more): {entries}.",
        "possible": "May or may not belong among the winners, the likeliest first: {entries}. This is"
        " for the jury to discuss.",
        "leniency_large": "Reviewers differed in leniency: between the most lenient ({lenient}) and"
        " the strictest ({strict}) lie {points} points. This has been corrected for.",
        "leniency_small": "Reviewers hardly differed in leniency, so the correction changes little.",
        "spread": "Some reviewers told entries apart more strongly than others; this has been"
        " corrected for too.",
        "groups_not_compared": "There are {groups} groups of entries that no reviewer connects. Between"
        " groups the scores cannot tell a better entry from a more lenient reviewer; the ranking"
        " assumes that no group had the stricter reviewers, and its uncertainty allows for that.",
        "entries_without_review": "{count} entries have no review: nothing is known of their quality.",
        "single_reviews": "{count} entries have one review only.",
        "few_reviewers": "There are few reviewers: how much they differ is itself uncertain.",
        "incomplete_reviews": "Some reviews lack a criterion; the others stand for it, allowing for how"
        " hard each criterion is.",
        "many_top_scores": "Many reviews gave the highest possible score: beyond it the scale cannot"
        " tell entries apart.",
        "no_variation": "All reviews came to the same total: the scores say nothing of the order.",
        "stopped_early": "The computation was stopped early: its chances are rougher than usual.",
        "entry_rank": "{entry} is number {rank} of {entries}.",
        "entry_rank_shared": "{entry} shares place {rank} of {entries} with an equal corrected score.",
        "entry_range": "With {confidence} % confidence its true place is between {low} and {high}.",
        "entry_chance": "The chance that it belongs among the {places} winners is {percent} %.",
        "entry_raised": "Its {reviews} reviews average {mean}. Its reviewers were stricter than this"
        " jury's average by {leniency} points each, which counts for it. Its corrected score is"
        " {corrected}.",
        "entry_lowered": "Its {reviews} reviews average {mean}. Its reviewers were more lenient than"
        " this jury's average by {leniency} points each, which counts against it. Its corrected score"
        " is {corrected}.",
        "entry_kept": "Its {reviews} reviews average {mean}, its reviewers were about as strict as this"
        " jury's average, and its corrected score is {corrected}.",
        "entry_shrunk": "Few reviews say little: a corrected score is drawn towards the average of all"
        " entries, the more so the fewer and the less steady the reviews.",
        "entry_unreviewed": "It has no review, so nothing is known of its quality.",
    }
)
# Leniency below a fortieth of the scale is not worth a sentence.
_SMALL = 1 / 40


def explain(problem: Problem, result: Result) -> tuple[Sentence, ...]:
    """What is decided in each category, how reviewers differed, and what to be careful about."""
    sentences: list[Sentence] = []
    for cut in result.cuts:
        if len(result.cuts) > 1:
            sentences.append(Sentence("in_category", {"category": cut.category}))
        standings = [each for each in result.standings if each.category == cut.category]
        bands = [band for band in result.bands if band.category == cut.category]
        sentences += _places(bands, standings)
        sentences += _cut(result, cut, standings)
    return (*sentences, *_reviewers(problem, result), *_cautions(result))


def explain_entry(problem: Problem, result: Result, entry: str) -> tuple[Sentence, ...]:
    """Why this entry stands where it stands. Raises KeyError for an unknown entry."""
    found = {each.entry: each for each in result.standings}[entry]
    same = [each for each in result.standings if each.category == found.category]
    places = next(cut.places for cut in result.cuts if cut.category == found.category)
    shared = sum(each.rank == found.rank for each in same) > 1
    facts: dict[str, Fact] = {"entry": entry, "rank": found.rank, "entries": len(same)}
    span: dict[str, Fact] = {
        "confidence": percent(result.confidence),
        "low": found.rank_low,
        "high": found.rank_high,
    }
    return (
        Sentence("entry_rank_shared" if shared else "entry_rank", facts),
        Sentence("entry_range", span),
        Sentence("entry_chance", {"places": places, "percent": percent(found.chance)}),
        *_correction(problem, result, found),
    )


def english(sentence: Sentence) -> str:
    return say(sentence, ENGLISH)


def _places(bands: list[Band], standings: list[Standing]) -> list[Sentence]:
    if not bands or bands == [Band(bands[0].category, 1, len(standings))]:
        alone = len(standings) == 1
        return [_decided(1, 1, standings)] if alone else [Sentence("nothing_decided")]
    sentences = []
    for first, last, decided in _runs(bands):
        if decided:
            sentences.append(_decided(first, last, standings))
        elif last == len(standings):
            sentences.append(Sentence("places_rest", {"first": first}))
        else:
            sentences.append(Sentence("places_open", {"first": first, "last": last}))
    return sentences


def _runs(bands: list[Band]) -> list[tuple[int, int, bool]]:
    """First and last place of each run of decided places, and of each band of several."""
    runs: list[tuple[int, int, bool]] = []
    for band in bands:
        decided = band.first == band.last
        if decided and runs and runs[-1][2]:
            runs[-1] = (runs[-1][0], band.last, True)
        else:
            runs.append((band.first, band.last, decided))
    return runs


def _decided(first: int, last: int, standings: list[Standing]) -> Sentence:
    if first == last:
        return Sentence("place_decided", {"place": first, "entry": standings[first - 1].entry})
    return Sentence("places_decided", {"first": first, "last": last})


def _cut(result: Result, cut: Cut, standings: list[Standing]) -> list[Sentence]:
    if cut.last_in is None:
        return [Sentence("cut_none")] if standings else []
    if cut.first_out is None or cut.chance_in_order is None:
        return [Sentence("cut_all")]
    facts: dict[str, Fact] = {
        "places": cut.places,
        "last_in": cut.last_in,
        "first_out": cut.first_out,
    }
    sentences = [_line(cut, facts)]
    if cut.certain:
        confidence = percent(result.confidence)
        sentences.append(
            Sentence("certain", {"confidence": confidence, "entries": listed(cut.certain)})
        )
    if cut.possible:
        chance = {each.entry: each.chance for each in standings}
        likeliest = tuple(sorted(cut.possible, key=lambda entry: -chance[entry]))
        sentences.append(Sentence("possible", {"entries": listed(likeliest)}))
    return sentences


def _line(cut: Cut, facts: dict[str, Fact]) -> Sentence:
    if cut.is_tie:
        return Sentence("cut_tie", facts)
    if cut.is_decided:
        return Sentence("cut_decided", facts)
    return Sentence("cut_open", {**facts, "percent": percent(cut.chance_in_order or 0.0)})


def _reviewers(problem: Problem, result: Result) -> list[Sentence]:
    low, high = problem.scale
    lenient = max(result.reviewers, key=lambda each: each.leniency)
    strict = min(result.reviewers, key=lambda each: each.leniency)
    points = lenient.leniency - strict.leniency
    if points < _SMALL * (high - low):
        sentences = [Sentence("leniency_small")]
    else:
        facts: dict[str, Fact] = {
            "lenient": lenient.reviewer,
            "strict": strict.reviewer,
            "points": points,
        }
        sentences = [Sentence("leniency_large", facts)]
    if any(each.spread is not None for each in result.reviewers):
        sentences.append(Sentence("spread"))
    return sentences


def _cautions(result: Result) -> list[Sentence]:
    reviews = [each.reviews for each in result.standings]
    reviewed = {each.group for each in result.standings if each.reviews}
    facts: dict[str, dict[str, Fact]] = {
        "groups_not_compared": {"groups": len(reviewed)},
        "entries_without_review": {"count": reviews.count(0)},
        "single_reviews": {"count": reviews.count(1)},
    }
    return [Sentence(caution, facts.get(caution, {})) for caution in result.cautions]


def _correction(problem: Problem, result: Result, found: Standing) -> tuple[Sentence, ...]:
    if found.mean_score is None:
        return (Sentence("entry_unreviewed"),)
    leniency = {each.reviewer: each.leniency for each in result.reviewers}
    judges = {score.reviewer for score in problem.scores if score.entry == found.entry}
    mean = sum(leniency[key] for key in sorted(judges)) / len(judges)
    low, high = problem.scale
    facts: dict[str, Fact] = {
        "reviews": found.reviews,
        "mean": found.mean_score,
        "corrected": found.corrected,
    }
    if abs(mean) < _SMALL * (high - low):
        return (Sentence("entry_kept", facts), Sentence("entry_shrunk"))
    code = "entry_lowered" if mean > 0 else "entry_raised"
    return (Sentence(code, {**facts, "leniency": abs(mean)}), Sentence("entry_shrunk"))
