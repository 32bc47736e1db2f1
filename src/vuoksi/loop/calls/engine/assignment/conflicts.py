"""Why somebody may not review an entry."""

from collections.abc import Mapping

from vuoksi.loop.calls.engine.assignment.problem import Entry, Pair, Problem, Reason, Reviewer
from vuoksi.loop.calls.engine.refusal import ProblemError

Bars = Mapping[Pair, tuple[Reason, ...]]


def bars(problem: Problem) -> Bars:
    """All pairs that must not be, with every reason.

    A conflict is declared or forbidden, or follows from the data: an own entry, an entry whose
    authors share an organisation with the reviewer, an entry of somebody with whom the reviewer
    wrote another entry. A language that the reviewer does not read bars too, but does not undo a
    review that has begun. Raises ProblemError ``fixed_barred``.
    """
    partners = co_authors(problem)
    forbidden = set(problem.forbidden)
    found: dict[Pair, tuple[Reason, ...]] = {}
    fixed = set(problem.fixed)
    for reviewer in problem.reviewers:
        known = partners.get(reviewer.key, {})
        for entry in problem.entries:
            pair = Pair(reviewer.key, entry.key)
            reasons = _reasons(reviewer, entry, known)
            if pair in forbidden:
                reasons = (*reasons, "forbidden")
            if pair in fixed and set(reasons) - {"language"}:
                message = f"'{reviewer.key}' must not review '{entry.key}', but the pair is fixed."
                raise ProblemError("fixed_barred", message)
            if reasons and pair not in fixed:
                found[pair] = reasons
    return found


def co_authors(problem: Problem) -> dict[str, dict[str, tuple[str, ...]]]:
    """For each author, whom they wrote with, and in which entries."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for entry in problem.entries:
        for one in dict.fromkeys(entry.authors):
            for other in dict.fromkeys(entry.authors):
                if one != other:
                    together = found.setdefault(one, {})
                    together[other] = (*together.get(other, ()), entry.key)
    return found


def _reasons(
    reviewer: Reviewer, entry: Entry, partners: Mapping[str, tuple[str, ...]]
) -> tuple[Reason, ...]:
    own = reviewer.key in entry.authors
    holds: tuple[tuple[Reason, bool], ...] = (
        ("author", own),
        ("declared", entry.key in reviewer.conflicts),
        ("organisation", any(each in reviewer.organisations for each in entry.organisations)),
        ("co_author", not own and any(author in partners for author in entry.authors)),
        (
            "language",
            bool(entry.language and reviewer.languages)
            and entry.language not in reviewer.languages,
        ),
    )
    return tuple(reason for reason, is_so in holds if is_so)
