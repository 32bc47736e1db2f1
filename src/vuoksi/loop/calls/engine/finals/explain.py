"""The jury's order in sentences; `ENGLISH` serves as the source of translations."""

from collections.abc import Mapping
from types import MappingProxyType

from vuoksi.loop.calls.engine.finals.problem import Problem, Result, Standing
from vuoksi.loop.calls.engine.sentences import Fact, Sentence, listed, percent, say

ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "order": "The order that disagrees least with the {members} ballots is: {order}.",
        "agreement": "It agrees with {percent} % of the members' comparisons of two finalists.",
        "other_orders": "{orders} orders are equally good; where they differ, the one shown puts the"
        " stronger finalist first.",
        "line_decided": "The line after place {place} is clear: other members of this kind would very"
        " likely have chosen the same {place}.",
        "nothing_decided": "So few or so different ballots do not decide any place for certain.",
        "cut_decided": "The winners are clear: {winners}.",
        "cut_open": "Who wins is not clear from the ballots alone. The chances: {chances}.",
        "cut_tie": "The line after place {places} runs between finalists that equally good orders place"
        " on either side: {entries}. The jury must choose between them.",
        "before_next": "{finalist} is on place {place}: {members} of {compared} members put it before"
        " {following}.",
        "last": "{finalist} is on place {place}, the last.",
        "chance": "The chance that a larger jury of such members would put it among the {places}"
        " winners is {percent} %; its place would be between {low} and {high}.",
        "few_members": "There are few ballots: one more could change the order.",
        "partial_ballots": "Some members did not judge every finalist; that counts neither for nor"
        " against those that they left out.",
        "unranked_finalists": "A finalist was judged by nobody: its place means nothing.",
        "stopped_early": "The computation was stopped early: its chances are rougher than usual.",
    }
)


def explain(problem: Problem, result: Result) -> tuple[Sentence, ...]:
    """The order, how far members agree, what is decided, and what to be careful about."""
    agreed = 1 - result.disagreements / result.comparisons
    order = listed(tuple(standing.finalist for standing in result.standings))
    sentences = [
        Sentence("order", {"members": len(problem.ballots), "order": order}),
        Sentence("agreement", {"percent": percent(agreed)}),
    ]
    if result.orders > 1:
        sentences.append(Sentence("other_orders", {"orders": result.orders}))
    sentences += [Sentence("line_decided", {"place": place}) for place in result.decided]
    if not result.decided:
        sentences.append(Sentence("nothing_decided"))
    if 0 < problem.places < len(problem.finalists):
        sentences.append(_cut(problem, result))
    return (*sentences, *(Sentence(caution) for caution in result.cautions))


def explain_finalist(problem: Problem, result: Result, finalist: str) -> tuple[Sentence, ...]:
    """Why this finalist stands where it stands. Raises KeyError for an unknown one."""
    place = {each.finalist: at for at, each in enumerate(result.standings)}[finalist]
    found = result.standings[place]
    facts: dict[str, Fact] = {"finalist": finalist, "place": found.place}
    if found.before_next is None or found.compared is None:
        first = Sentence("last", facts)
    else:
        following = result.standings[place + 1].finalist
        counts = {"members": found.before_next, "compared": found.compared}
        first = Sentence("before_next", {**facts, **counts, "following": following})
    return first, Sentence(
        "chance",
        {
            "places": problem.places,
            "percent": percent(found.chance),
            "low": found.rank_low,
            "high": found.rank_high,
        },
    )


def english(sentence: Sentence) -> str:
    return say(sentence, ENGLISH)


def _cut(problem: Problem, result: Result) -> Sentence:
    places = problem.places
    tied = _across(result.standings, places)
    if tied:
        return Sentence("cut_tie", {"places": places, "entries": listed(tied)})
    if places in result.decided:
        winners = tuple(standing.finalist for standing in result.standings[:places])
        return Sentence("cut_decided", {"winners": listed(winners)})
    chances = tuple(f"{each.finalist} {percent(each.chance)} %" for each in result.standings)
    return Sentence("cut_open", {"chances": listed(chances, most=14)})


def _across(standings: tuple[Standing, ...], places: int) -> tuple[str, ...]:
    """Finalists that equally good orders place on either side of the line."""
    return tuple(
        each.finalist for each in standings if each.best_place <= places < each.worst_place
    )
