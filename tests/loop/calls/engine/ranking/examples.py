"""Juries that several tests look at."""

from vuoksi.loop.calls.engine.ranking import Category, Criterion, Entry, Problem, Score

# Shrout, P. E. and Fleiss, J. L. (1979). Intraclass correlations: uses in assessing rater
# reliability. Psychological Bulletin 86, 420-428, doi:10.1037/0033-2909.86.2.420, table 2: six
# targets rated by the same four judges. Published mean squares: targets 11.24, judges 32.49,
# residual 1.02; ICC(2, 1) = 0.29.
SHROUT_FLEISS = (
    (9, 2, 5, 8),
    (6, 1, 3, 2),
    (8, 4, 6, 8),
    (7, 1, 2, 6),
    (10, 5, 6, 9),
    (6, 2, 4, 7),
)


def jury(rows, *, places=2, low=1.0, high=10.0, **more):
    """A problem of one criterion from rows of scores (None where there is no review)."""
    return Problem(
        entries=tuple(Entry(f"e{row}") for row in range(len(rows))),
        reviewers=tuple(f"r{column}" for column in range(len(rows[0]))),
        criteria=(Criterion("c", low=low, high=high),),
        scores=tuple(
            Score(f"r{column}", f"e{row}", "c", float(value))
            for row, values in enumerate(rows)
            for column, value in enumerate(values)
            if value is not None
        ),
        categories=(Category("", places),),
        **more,
    )


def by_entry(result, name):
    return {each.entry: getattr(each, name) for each in result.standings}


def steady(*levels):
    """Rows of four scores near each level: reviewers agree, but not to the point of one pattern."""
    noise = (0.0, 0.1, -0.1, 0.05)
    return [
        [level + noise[(row + column) % 4] for column in range(4)]
        for row, level in enumerate(levels)
    ]
