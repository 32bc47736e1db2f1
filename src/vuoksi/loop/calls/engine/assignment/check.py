"""What must hold of every plan, recomputed in plain Python without the solver's code.

That no more reviews were possible, and no more even loads, is checked by searching for a chain of
exchanges that would improve the plan; that the fit is the best is left to tests on small cases.
"""

from collections import Counter, deque
from collections.abc import Iterator

from vuoksi.loop.calls.engine.assignment.problem import Entry, Plan, Problem, Reviewer


def violations(problem: Problem, plan: Plan) -> tuple[str, ...]:
    """Every way in which `plan` breaks the rules of `problem` or misreports; empty for a right one."""
    found = _wrong_pairs(problem, plan)
    if found:
        return tuple(found)
    found += _wrong_counts(problem, plan)
    found += _wrong_fit(problem, plan)
    found += _wrong_groups(plan)
    if "stopped_early" not in plan.cautions:
        found += _improvable(problem, plan)
    return tuple(found)


def _allowed(problem: Problem) -> dict[str, set[str]]:
    """The entries that each reviewer may judge."""
    fixed = {(pair.reviewer, pair.entry) for pair in problem.fixed}
    forbidden = {(pair.reviewer, pair.entry) for pair in problem.forbidden}
    allowed = {}
    for reviewer in problem.reviewers:
        partners = _partners(problem, reviewer.key)
        allowed[reviewer.key] = {
            entry.key
            for entry in problem.entries
            if (reviewer.key, entry.key) in fixed
            or (_may(reviewer, entry, partners) and (reviewer.key, entry.key) not in forbidden)
        }
    return allowed


def _may(reviewer: Reviewer, entry: Entry, partners: set[str]) -> bool:
    reads = not (entry.language and reviewer.languages) or entry.language in reviewer.languages
    return (
        reads
        and reviewer.key not in entry.authors
        and entry.key not in reviewer.conflicts
        and not set(reviewer.organisations) & set(entry.organisations)
        and not partners & set(entry.authors)
    )


def _partners(problem: Problem, person: str) -> set[str]:
    own = [set(entry.authors) for entry in problem.entries if person in entry.authors]
    return set().union(*own) - {person}


def _wrong_pairs(problem: Problem, plan: Plan) -> list[str]:
    allowed = _allowed(problem)
    entries = {entry.key for entry in problem.entries}
    fixed = {(pair.reviewer, pair.entry) for pair in problem.fixed}
    found = []
    pairs = [(review.reviewer, review.entry) for review in plan.reviews]
    if len(set(pairs)) != len(pairs):
        found.append("a review is planned twice")
    if not fixed <= set(pairs):
        found.append("a fixed review is missing")
    for review in plan.reviews:
        if review.reviewer not in allowed or review.entry not in entries:
            found.append(f"{review.reviewer} or {review.entry} is unknown")
        elif review.entry not in allowed[review.reviewer]:
            found.append(f"{review.reviewer} must not review {review.entry}")
        elif review.is_fixed != ((review.reviewer, review.entry) in fixed):
            found.append(f"is_fixed of {review.reviewer} and {review.entry} is wrong")
    return found


def _wrong_counts(problem: Problem, plan: Plan) -> list[str]:
    loads = Counter(review.reviewer for review in plan.reviews)
    per_entry = Counter(review.entry for review in plan.reviews)
    fixed = Counter(pair.entry for pair in problem.fixed)
    found = []
    wanted = sorted(
        (each.key, loads[each.key], each.least, each.most) for each in problem.reviewers
    )
    if [(each.reviewer, each.reviews, each.least, each.most) for each in plan.loads] != wanted:
        found.append("loads are miscounted")
    found += [f"{key} has more than its most" for key, load, _, most in wanted if load > most]
    found += [
        f"{entry.key} has too many reviews"
        for entry in problem.entries
        if per_entry[entry.key] > max(problem.wanted, fixed[entry.key])
    ]
    allowed = _allowed(problem)
    missing = [
        (key, problem.wanted - per_entry[key], sum(key in entries for entries in allowed.values()))
        for key in sorted(entry.key for entry in problem.entries)
        if per_entry[key] < problem.wanted
    ]
    if [(each.entry, each.missing, each.free) for each in plan.shortfalls] != missing:
        found.append("shortfalls are miscounted")
    return found


def _wrong_fit(problem: Problem, plan: Plan) -> list[str]:
    topics = {entry.key: set(entry.topics) for entry in problem.entries}
    expertise = {reviewer.key: set(reviewer.expertise) for reviewer in problem.reviewers}
    found = []
    for review in plan.reviews:
        shared = topics[review.entry] & expertise[review.reviewer]
        fit = len(shared) / len(topics[review.entry]) if topics[review.entry] else 0
        if set(review.shared) != shared or abs(review.fit - fit) > 1e-9:
            found.append(f"fit of {review.reviewer} and {review.entry} is wrong")
    fits = [review.fit for review in plan.reviews]
    if abs(plan.fit * len(fits) - sum(fits)) > 1e-6:
        found.append("fit is not the average")
    return found


def _wrong_groups(plan: Plan) -> list[str]:
    label = {review.reviewer: review.reviewer for review in plan.reviews}
    judges: dict[str, set[str]] = {}
    for review in plan.reviews:
        judges.setdefault(review.entry, set()).add(review.reviewer)
    changed = True
    while changed:
        changed = False
        for reviewers in judges.values():
            least = min(label[key] for key in reviewers)
            changed = changed or any(label[key] != least for key in reviewers)
            label.update(dict.fromkeys(reviewers, least))
    wanted: dict[str, list[str]] = {}
    for key in sorted(label):
        wanted.setdefault(label[key], []).append(key)
    found = []
    if sorted(plan.groups) != sorted(tuple(group) for group in wanted.values()):
        found.append("groups are not what common entries connect")
    if (len(wanted) > 1) != (plan.mixing < 1e-6):
        found.append("mixing does not fit the groups")
    return found


def _improvable(problem: Problem, plan: Plan) -> list[str]:
    """Whether a chain of exchanges gives one more review, or evener loads."""
    allowed = _allowed(problem)
    held = {key: set[str]() for key in allowed}
    for review in plan.reviews:
        held[review.reviewer].add(review.entry)
    fixed = {(pair.reviewer, pair.entry) for pair in problem.fixed}
    stays = {key: {each for each in held[key] if (key, each) in fixed} for key in held}
    for shortfall in plan.shortfalls:
        first = {k for k in allowed if shortfall.entry in allowed[k] - held[k]}
        reached = set(_reached(first, allowed, held, stays))
        if any(
            len(held[each.key]) < each.most for each in problem.reviewers if each.key in reached
        ):
            return [f"{shortfall.entry} could have one more review"]
    people = {reviewer.key: reviewer for reviewer in problem.reviewers}
    for giver in people:
        for taker in _reached({giver}, allowed, held, stays):
            if _is_evener(people[giver], len(held[giver]), people[taker], len(held[taker])):
                return [f"{taker} could take a review from {giver}"]
    return []


def _is_evener(giver: Reviewer, given: int, taker: Reviewer, taken: int) -> bool:
    if taken >= taker.most or given == 0 or giver is taker:
        return False
    gain = (taken < taker.least) - (given <= giver.least)
    return gain > 0 or (gain == 0 and given - taken >= 2)


def _reached(
    start: set[str],
    allowed: dict[str, set[str]],
    held: dict[str, set[str]],
    stays: dict[str, set[str]],
) -> Iterator[str]:
    """Reviewers who could take over reviews, directly or in a chain, from those in `start`."""
    seen, queue = set(start), deque(sorted(start))
    while queue:
        one = queue.popleft()
        yield one
        movable = held[one] - stays[one]
        for other in allowed:
            if other not in seen and movable & (allowed[other] - held[other]):
                seen.add(other)
                queue.append(other)
