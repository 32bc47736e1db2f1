"""Which sentences a result is told in."""

from vuoksi.loop.experiments.analyses.engine.explain.sentences import Sentence, percent_of
from vuoksi.loop.experiments.analyses.engine.problem import (
    AnyProblem,
    Design,
    Estimate,
    Problem,
    Result,
    SeriesProblem,
)

_KINDS = {
    "before_after_paired": "change",
    "before_after": "change",
    "two_groups": "difference",
    "matched_pairs": "difference",
}

# Methods whose figures are shares and are told in percent.
SHARES = frozenset({"shares", "paired_shares"})
# Methods whose effects are changes of a rate in percent.
RATES = frozenset({"rates", "paired_rates", "rates_ar1", "rates_newey_west", "rates_independent"})


def explain(problem: AnyProblem, result: Result) -> tuple[Sentence, ...]:
    """What came out, what the rule says, what the design can show, and what to be careful about."""
    counts = {"n_reference": result.n_reference, "n_treatment": result.n_treatment}
    return (
        *_effect(problem, result),
        *_parts(problem, result),
        _interval(problem, result),
        _outcome(problem, result),
        Sentence(f"design_{result.design}", counts),
        *(Sentence(code) for code in result.cautions),
    )


def explain_firmness(result: Result) -> tuple[Sentence, ...]:
    """How firmly the result stands: assumptions, other methods, placebo tests, missing units."""
    doubtful = [check for check in result.checks if check.standing == "doubtful"]
    sentences = [Sentence(f"check_{check.code}") for check in doubtful]
    if result.checks:
        code = "checks_doubt" if doubtful else "checks_hold"
        counts = {"checked": len(result.checks), "doubtful": len(doubtful)}
        sentences.insert(0, Sentence(code, counts))
    if result.method in RATES and result.variants:
        sentences.append(Sentence("rate_in_percent"))
    by_code = {each.code: each for each in result.variants}
    for each in result.variants:
        sentences += _variant(each, by_code, is_share=result.method in SHARES)
    return tuple(sentences)


def can_show(design: Design) -> Sentence:
    return Sentence(f"can_{design}")


def cannot_show(design: Design) -> Sentence:
    return Sentence(f"cannot_{design}")


def _scale(problem: AnyProblem) -> int:
    """Shares are told in percent."""
    return 100 if _is_share(problem) else 1


def _is_share(problem: AnyProblem) -> bool:
    return isinstance(problem, Problem) and problem.kind == "share"


def _is_rate(problem: AnyProblem) -> bool:
    return isinstance(problem, Problem | SeriesProblem) and problem.kind == "count"


def _prefix(problem: AnyProblem) -> str:
    """Sentences in percentage points and those in percent have words of their own."""
    if _is_share(problem):
        return "share_"
    return "rate_" if _is_rate(problem) else ""


def _effect(problem: AnyProblem, result: Result) -> tuple[Sentence, ...]:
    kind, scale = _KINDS.get(result.design, "expected"), _scale(problem)
    sides = {"reference": scale * result.mean_reference, "treatment": scale * result.mean_treatment}
    prefix = f"share_{kind}" if _is_share(problem) else kind
    effect = result.effect
    if _is_rate(problem):
        effect = result.mean_treatment - result.mean_reference
    elif isinstance(problem, SeriesProblem):
        effect = _part(result, "average").effect
    if effect == 0:
        return (Sentence(f"{prefix}_none", sides),)
    hoped = (effect > 0) == (problem.better == "up")
    code = f"{prefix}_better" if hoped else f"{prefix}_worse"
    first = Sentence(code, {**sides, "effect": scale * effect})
    if result.relative_effect is None or _is_share(problem):
        return (first,)
    return first, Sentence(f"{kind}_relative", {"percent": 100 * result.relative_effect})


def _parts(problem: AnyProblem, result: Result) -> tuple[Sentence, ...]:
    """The changes that a difference in differences is made of; the asked part of a series."""
    if result.design == "difference_in_differences":
        moves = {
            side: _part(result, f"change_{side}").effect for side in ("treatment", "reference")
        }
        return (Sentence("part_changes", moves),)
    if isinstance(problem, SeriesProblem) and problem.estimand != "average":
        code = f"{_prefix(problem)}part_{problem.estimand}"
        return (Sentence(code, {"effect": result.effect}),)
    return ()


def _part(result: Result, code: str) -> Estimate:
    return next(part for part in result.parts if part.code == code)


def _interval(problem: AnyProblem, result: Result) -> Sentence:
    scale = _scale(problem)
    low, high = scale * result.interval.low, scale * result.interval.high
    code = "interval_with_zero" if low <= 0 <= high else "interval"
    confidence = percent_of(result.confidence)
    return Sentence(
        f"{_prefix(problem)}{code}", {"confidence": confidence, "low": low, "high": high}
    )


def _outcome(problem: AnyProblem, result: Result) -> Sentence:
    minimum, scale = problem.minimum_effect, _scale(problem)
    if minimum is None:
        return Sentence("outcome_no_rule")
    stop = minimum if problem.stop_effect is None else problem.stop_effect
    numbers = {"minimum": scale * minimum, "stop": scale * stop}
    return Sentence(f"{_prefix(problem)}outcome_{result.rule_outcome}", numbers)


def _variant(estimate: Estimate, by_code: dict[str, Estimate], *, is_share: bool) -> list[Sentence]:
    """Of shares only the bounds with all missing units at their worst and best are known."""
    prefix, scale = ("share_", 100) if is_share else ("", 1)
    for pair, code in (("leave_one_out", "leave_one_out"), ("missing", "missing_bounds")):
        if estimate.code == f"{pair}_most":
            ends = {"least": by_code[f"{pair}_least"].effect, "most": estimate.effect}
            scaled = {name: scale * end for name, end in ends.items()}
            return [Sentence(f"{prefix}variant_{code}", scaled)]
        if estimate.code == f"{pair}_least":
            return []
    sentences = [Sentence(f"variant_{estimate.code}", {"effect": estimate.effect})]
    if estimate.interval is not None:
        interval = {"low": estimate.interval.low, "high": estimate.interval.high}
        sentences.append(Sentence("variant_interval", interval))
    return sentences
