"""Calls with entries to be shared out."""

import numpy as np
from hypothesis import strategies as st

from vuoksi.loop.calls.engine.assignment import Entry, Pair, Problem, Reviewer

TOPICS = ("bus", "heat", "moss")


@st.composite
def problems(draw, *, most_entries=6, most_reviewers=5):
    """Small problems with conflicts of each kind."""
    people = [f"p{at}" for at in range(draw(st.integers(1, most_reviewers)))]
    some = st.lists(st.sampled_from(TOPICS), unique=True, max_size=3).map(tuple)
    others = st.lists(st.sampled_from([*people, "x", "y"]), unique=True, max_size=2).map(tuple)
    offices = st.lists(st.sampled_from(["o1", "o2"]), max_size=1).map(tuple)
    languages = st.sampled_from(["", "fi", "sv"])
    entries = tuple(
        Entry(f"e{at}", draw(some), draw(languages), draw(others), draw(offices))
        for at in range(draw(st.integers(1, most_entries)))
    )
    keys = [entry.key for entry in entries]
    reviewers = []
    for key in people:
        most = draw(st.integers(0, 4))
        conflicts = draw(st.lists(st.sampled_from(keys), unique=True, max_size=1).map(tuple))
        known = draw(st.sampled_from([(), ("fi",), ("fi", "sv")]))
        least = draw(st.integers(0, most))
        reviewers.append(Reviewer(key, most, least, draw(some), known, draw(offices), conflicts))
    pairs = st.builds(Pair, st.sampled_from(people), st.sampled_from(keys))
    forbidden = draw(st.lists(pairs, unique=True, max_size=2).map(tuple))
    return Problem(entries, tuple(reviewers), draw(st.integers(1, 3)), (), forbidden)


def open_call(entries, reviewers, *, clusters=0, most=100, **more):
    """Entries without conflicts; with `clusters`, each cluster of reviewers knows its own topics."""
    random = np.random.default_rng(0)
    topics = [f"t{at}" for at in range(12)]

    def some(at, number):
        if clusters:
            size = len(topics) // clusters
            return tuple(topics[at % clusters * size :][:size])
        return tuple(str(each) for each in random.choice(topics, number, replace=False))

    return Problem(
        tuple(Entry(f"e{at:03}", some(at, 3)) for at in range(entries)),
        tuple(Reviewer(f"r{at:02}", most, 0, some(at, 4)) for at in range(reviewers)),
        **more,
    )


def loads(plan):
    return [load.reviews for load in plan.loads]


def pairs_of(plan):
    return [(review.reviewer, review.entry) for review in plan.reviews]
