"""A plan in sentences: what was reached, and why somebody reviews an entry or may not.

`ENGLISH` has one text for each code and serves as the source of translations.
"""

from collections.abc import Mapping
from types import MappingProxyType

from vuoksi.loop.calls.engine.assignment.conflicts import bars, co_authors
from vuoksi.loop.calls.engine.assignment.problem import Entry, Pair, Plan, Problem, Reviewer
from vuoksi.loop.calls.engine.sentences import Fact, Sentence, listed, percent, say

ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "complete": "Every entry has the {wanted} reviews wanted.",
        "incomplete": "{missing} of the {wanted} reviews wanted cannot be given: there is no way to"
        " share the entries that would give more.",
        "short_entry": "{entry} lacks {missing}: only {free} reviewers may judge it.",
        "short_capacity": "{entry} lacks {missing}: the {free} reviewers who may judge it have their"
        " most.",
        "loads": "Each reviewer has between {low} and {high} reviews; within conflicts, languages and"
        " limits no evener sharing is possible.",
        "below_least": "Fewer reviews than promised could be given to: {reviewers}.",
        "fit": "On average a reviewer knows {percent} % of an entry's topics.",
        "mixed": "Reviewers meet on common entries well enough to compare how lenient they are.",
        "swaps": "{swaps} exchanges were made so that reviewers meet on more common entries.",
        "weakly_mixed": "Some reviewers meet others on few common entries: how lenient they are will be"
        " known only roughly.",
        "groups_apart": "The reviewers fall into {groups} groups without a common entry: scores cannot"
        " be compared between them.",
        "stopped_early": "The computation was stopped early: a better plan may exist.",
        "why_fixed": "{reviewer} had begun the review of {entry} before.",
        "why_topics": "{reviewer} knows {shared} of the {topics} topics of {entry}: {names}.",
        "why_needed": "{reviewer} shares no topic with {entry}, but it needs reviewers and the load is"
        " shared evenly.",
        "bar_author": "{reviewer} is an author of {entry}.",
        "bar_declared": "{reviewer} declared a conflict of interest with {entry}.",
        "bar_organisation": "{reviewer} shares an organisation with {entry}: {names}.",
        "bar_co_author": "{reviewer} wrote {names} together with an author of {entry}.",
        "bar_forbidden": "The coordinator ruled out that {reviewer} reviews {entry}.",
        "bar_language": "{reviewer} does not read {language}, the language of {entry}.",
        "not_full_load": "{reviewer} has as many reviews as agreed ({most}).",
        "not_enough_already": "{reviewer} could review {entry}, which has the reviews wanted from"
        " others: loads are even and expertise fits best this way.",
        "not_no_way": "{reviewer} could review {entry}, but only by leaving another entry without.",
    }
)


def explain(problem: Problem, plan: Plan) -> tuple[Sentence, ...]:
    """What the plan reached: reviews, loads, fit and mixing."""
    missing = sum(each.missing for each in plan.shortfalls)
    loads = [load.reviews for load in plan.loads]
    short = [load.reviewer for load in plan.loads if load.reviews < load.least]
    sentences = [Sentence("complete", {"wanted": problem.wanted})]
    if missing:
        wanted = problem.wanted * len(problem.entries)
        sentences = [Sentence("incomplete", {"missing": missing, "wanted": wanted})]
        sentences += [
            _shortfall(problem, each.entry, each.missing, each.free) for each in plan.shortfalls
        ]
    sentences.append(Sentence("loads", {"low": min(loads), "high": max(loads)}))
    if short:
        sentences.append(Sentence("below_least", {"reviewers": listed(tuple(short))}))
    sentences.append(Sentence("fit", {"percent": percent(plan.fit)}))
    return (*sentences, *_mixing(plan))


def explain_pair(
    problem: Problem, plan: Plan, *, reviewer: str, entry: str
) -> tuple[Sentence, ...]:
    """Why this reviewer has this entry, or has it not. Raises KeyError for an unknown key."""
    one = {each.key: each for each in problem.reviewers}[reviewer]
    other = {each.key: each for each in problem.entries}[entry]
    facts: dict[str, Fact] = {"reviewer": reviewer, "entry": entry}
    for review in plan.reviews:
        if (review.reviewer, review.entry) == (reviewer, entry):
            if review.is_fixed:
                return (Sentence("why_fixed", facts),)
            return (_why(other, facts, review.shared),)
    reasons = bars(problem).get(Pair(reviewer, entry), ())
    if reasons:
        return tuple(_bar(problem, one, other, facts, reason) for reason in reasons)
    return (_why_not(problem, plan, one, facts),)


def english(sentence: Sentence) -> str:
    return say(sentence, ENGLISH)


def _shortfall(problem: Problem, entry: str, missing: int, free: int) -> Sentence:
    code = "short_entry" if free < problem.wanted else "short_capacity"
    return Sentence(code, {"entry": entry, "missing": missing, "free": free})


def _mixing(plan: Plan) -> list[Sentence]:
    sentences = [Sentence("swaps", {"swaps": plan.swaps})] if plan.swaps else []
    if "groups_apart" in plan.cautions:
        sentences.append(Sentence("groups_apart", {"groups": len(plan.groups)}))
    elif "weakly_mixed" in plan.cautions:
        sentences.append(Sentence("weakly_mixed"))
    else:
        sentences.append(Sentence("mixed"))
    if "stopped_early" in plan.cautions:
        sentences.append(Sentence("stopped_early"))
    return sentences


def _why(entry: Entry, facts: dict[str, Fact], shared: tuple[str, ...]) -> Sentence:
    if not shared:
        return Sentence("why_needed", facts)
    counts: dict[str, Fact] = {"shared": len(shared), "topics": len(set(entry.topics))}
    return Sentence("why_topics", {**facts, **counts, "names": listed(shared)})


def _bar(
    problem: Problem, reviewer: Reviewer, entry: Entry, facts: dict[str, Fact], reason: str
) -> Sentence:
    more: dict[str, Fact] = {}
    if reason == "organisation":
        common = set(reviewer.organisations) & set(entry.organisations)
        more["names"] = listed(tuple(sorted(common)))
    if reason == "co_author":
        partners = co_authors(problem)[reviewer.key]
        works = {key for author in entry.authors for key in partners.get(author, ())}
        more["names"] = listed(tuple(sorted(works)))
    if reason == "language":
        more["language"] = entry.language
    return Sentence(f"bar_{reason}", {**facts, **more})


def _why_not(problem: Problem, plan: Plan, reviewer: Reviewer, facts: dict[str, Fact]) -> Sentence:
    load = next(each.reviews for each in plan.loads if each.reviewer == reviewer.key)
    if load == reviewer.most:
        return Sentence("not_full_load", {"reviewer": reviewer.key, "most": reviewer.most})
    if any(each.entry == facts["entry"] for each in plan.shortfalls):
        return Sentence("not_no_way", facts)
    return Sentence("not_enough_already", facts)
