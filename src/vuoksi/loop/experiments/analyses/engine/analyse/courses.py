"""Difference in differences from published averages.

The layout of Card, D. & Krueger, A. B. (1994). Minimum wages and employment: a case study of the
fast-food industry in New Jersey and Pennsylvania. American Economic Review 84, 772-793, table 3.
"""

import math

from vuoksi.loop.experiments.analyses.engine.analyse.inference import (
    interval_around,
    rule_outcome,
    share_of,
    two_sided,
)
from vuoksi.loop.experiments.analyses.engine.problem import (
    SMALL_SAMPLE,
    Course,
    CoursesProblem,
    Estimate,
    Result,
)


def solve_courses(problem: CoursesProblem) -> Result:
    """Subtract one group's change from the other's, with Welch-Satterthwaite's freedom."""
    one, two = problem.treatment, problem.reference
    effect = (one.after - one.before) - (two.after - two.before)
    error = math.hypot(one.error, two.error)
    shares = [(course.error / error) ** 4 / (course.n - 1) for course in (one, two)]
    freedom = 1 / sum(shares)
    interval = interval_around(effect, error, freedom, problem.confidence)
    return Result(
        design=problem.design,
        confidence=problem.confidence,
        n_reference=two.n,
        n_treatment=one.n,
        mean_reference=one.after - effect,
        mean_treatment=one.after,
        effect=effect,
        interval=interval,
        standard_error=error,
        t=effect / error,
        degrees_of_freedom=freedom,
        p_value=two_sided(effect / error, freedom),
        standardised=None,
        relative_effect=share_of(effect, one.after - effect),
        bootstrap=None,
        resamples=0,
        rule_outcome=rule_outcome(problem, interval),
        cautions=("small_sample",) if min(one.n, two.n) < SMALL_SAMPLE else (),
        method="published_means",
        n_periods=2,
        parts=(_change("change_treatment", one), _change("change_reference", two)),
    )


def _change(code: str, course: Course) -> Estimate:
    return Estimate(code, course.after - course.before)
