"""The cheapest roster of one person, exactly: a shortest path over the days, limited in what it may use up.

A state is what the person did last (a class of shifts and how many days in a row, or how many days off) and what is
used up (minutes, weekends, shifts of limited kinds). What is used up is one flat index of which minutes are the slowest
part, so that to work a shift is to move a whole array. All but minutes have one cell too many, the brim: what flows
over lands there, and the brim is emptied every day. Prices are whole numbers, so bounds are exact, and the way back is
found by equality.

Shifts that forbid the same followers are one class, and shifts that may follow the same classes share what comes before
them: the work of a day grows with kinds plus classes squared, not with kinds squared.

A resource-constrained shortest path; the states of shift scheduling are described by Burke and Curtois (2014),
doi:10.1016/j.ejor.2014.02.039.
"""

from typing import NamedTuple

import numba as nb
import numpy as np
from numpy.typing import NDArray

# Dearer than any roster; twice as much still fits into 32 bits.
NEVER = 1 << 29

Costs = NDArray[np.int32]
Rows = NDArray[np.int16]


class Calendar(NamedTuple):
    """What each day allows: days x kinds, days, and whether work begins a weekend after a day off, after work."""

    can: NDArray[np.bool_]
    may_off: NDArray[np.bool_]
    weekend_new: NDArray[np.int64]
    weekend_on: NDArray[np.int64]


class Sequence(NamedTuple):
    """What may follow what: each kind's class and what may stand before it (sets x classes); runs of days."""

    of_class: NDArray[np.int64]
    before: NDArray[np.int64]
    follows: NDArray[np.bool_]
    most_run: int
    least_run: int
    least_off: int


class Usage(NamedTuple):
    """What each kind and a weekend use up, which cells are brim, the band of each day, the least at the end."""

    step: NDArray[np.int64]
    weekend_step: int
    brim: NDArray[np.bool_]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    least: int


@nb.njit(cache=True, nogil=True)
def _merge(into: Costs, rows: Costs, low: int, high: int) -> None:
    for j in range(low, high):
        if rows[j] < into[j]:
            into[j] = rows[j]


@nb.njit(cache=True, nogil=True)
def _move(into: Costs, rows: Costs, step: int, cost: int, low: int, high: int) -> None:
    for j in range(max(low, step), high):
        moved = rows[j - step] + cost
        if moved < into[j]:
            into[j] = moved


@nb.njit(cache=True, nogil=True)
def _first_day(
    table: Costs, cost: Costs, calendar: Calendar, sequence: Sequence, usage: Usage
) -> None:
    if calendar.may_off[0]:
        table[0, sequence.follows.shape[1] * sequence.most_run, 0] = 0
    for kind in range(cost.shape[1]):
        at = usage.step[kind] + usage.weekend_step * calendar.weekend_new[0]
        if calendar.can[0, kind] and at < table.shape[2] and not usage.brim[at]:
            state = sequence.of_class[kind] * sequence.most_run
            table[0, state, at] = min(table[0, state, at], cost[0, kind])


@nb.njit(cache=True, nogil=True)
def _rest(now: Costs, was: Costs, day: int, sequence: Sequence, low: int, high: int) -> None:
    """Be off: after enough days of work, or one day longer."""
    off = sequence.follows.shape[1] * sequence.most_run
    for state in range(off):
        run = state % sequence.most_run + 1
        if run >= sequence.least_run or run == day:
            _merge(now[off], was[state], low, high)
    for rested in range(1, sequence.least_off):
        _merge(now[off + rested], was[off + rested - 1], low, high)
    _merge(now[off + sequence.least_off - 1], was[off + sequence.least_off - 1], low, high)


@nb.njit(cache=True, nogil=True)
def _rested(was: Costs, day: int, sequence: Sequence) -> Costs:
    """Give the cheapest of all from which work may begin: off for long enough, or since the period began."""
    off = sequence.follows.shape[1] * sequence.most_run
    found = was[off + sequence.least_off - 1].copy()
    if day < sequence.least_off:
        _merge(found, was[off + day - 1], 0, len(found))
    return found


@nb.njit(cache=True, nogil=True)
def _worked(found: Costs, was: Costs, run: int, sequence: Sequence) -> None:
    """Fill in, for each set of kinds before, the cheapest of all that have worked `run` days."""
    for which in range(sequence.follows.shape[0]):
        found[which, :] = NEVER
        for one in range(sequence.follows.shape[1]):
            if sequence.follows[which, one]:
                _merge(found[which], was[one * sequence.most_run + run - 1], 0, was.shape[1])


@nb.njit(cache=True, nogil=True)
def _work(
    now: Costs,
    was: Costs,
    day: int,
    cost: Costs,
    calendar: Calendar,
    sequence: Sequence,
    usage: Usage,
) -> None:
    low, high = usage.low[day], usage.high[day]
    rested = _rested(was, day, sequence)
    used = usage.weekend_step * calendar.weekend_new[day]
    for kind in range(cost.shape[1]):
        if calendar.can[day, kind]:
            state = sequence.of_class[kind] * sequence.most_run
            _move(now[state], rested, usage.step[kind] + used, cost[day, kind], low, high)
    used = usage.weekend_step * calendar.weekend_on[day]
    worked = np.empty((sequence.follows.shape[0], was.shape[1]), np.int32)
    for run in range(1, min(sequence.most_run - 1, day) + 1):
        _worked(worked, was, run, sequence)
        for kind in range(cost.shape[1]):
            if calendar.can[day, kind]:
                state = sequence.of_class[kind] * sequence.most_run + run
                before = worked[sequence.before[kind]]
                _move(now[state], before, usage.step[kind] + used, cost[day, kind], low, high)


@nb.njit(cache=True, nogil=True)
def _empty_brim(now: Costs, usage: Usage, low: int, high: int) -> None:
    for state in range(now.shape[0]):
        for j in range(low, high):
            if usage.brim[j]:
                now[state, j] = NEVER


@nb.njit(cache=True, nogil=True)
def fill(table: Costs, cost: Costs, calendar: Calendar, sequence: Sequence, usage: Usage) -> None:
    """Fill `table` (days x states x used up) with the least cost of getting there."""
    table[:] = NEVER
    _first_day(table, cost, calendar, sequence, usage)
    for day in range(1, cost.shape[0]):
        now, was = table[day], table[day - 1]
        if calendar.may_off[day]:
            _rest(now, was, day, sequence, usage.low[day], usage.high[day])
        if calendar.can[day].any():
            _work(now, was, day, cost, calendar, sequence, usage)
            _empty_brim(now, usage, usage.low[day], usage.high[day])


@nb.njit(cache=True, nogil=True)
def _state_before_off(
    was: Costs, state: int, at: int, value: int, day: int, sequence: Sequence
) -> int:
    """Give the state before a day off; -1 if there is none."""
    off = sequence.follows.shape[1] * sequence.most_run
    if state > off and was[state - 1, at] == value:
        return state - 1
    if state == off + sequence.least_off - 1 and was[state, at] == value:
        return state
    if state == off:
        for other in range(off):
            run = other % sequence.most_run + 1
            if (run >= sequence.least_run or run == day) and was[other, at] == value:
                return other
    return -1


@nb.njit(cache=True, nogil=True)
def _state_before_work(
    was: Costs, kind: int, run: int, at: int, value: int, day: int, sequence: Sequence
) -> int:
    """Give the state before a day of work in `kind`, the `run`th in a row; -1 if there is none."""
    if run == 1:
        off = sequence.follows.shape[1] * sequence.most_run
        if was[off + sequence.least_off - 1, at] == value:
            return off + sequence.least_off - 1
        if day < sequence.least_off and was[off + day - 1, at] == value:
            return off + day - 1
        return -1
    for one in range(sequence.follows.shape[1]):
        state = one * sequence.most_run + run - 2
        if sequence.follows[sequence.before[kind], one] and was[state, at] == value:
            return state
    return -1


@nb.njit(cache=True, nogil=True)
def _kind_worked(
    table: Costs,
    day: int,
    state: int,
    at: int,
    cost: Costs,
    calendar: Calendar,
    sequence: Sequence,
    usage: Usage,
) -> tuple[int, int, int]:
    """Give the kind that was worked on this day, the state before and what was used up before; -1 if none was."""
    run = state % sequence.most_run + 1
    new = calendar.weekend_new[day] if run == 1 else calendar.weekend_on[day]
    for kind in range(cost.shape[1]):
        left = at - usage.step[kind] - usage.weekend_step * new
        if (
            sequence.of_class[kind] != state // sequence.most_run
            or not calendar.can[day, kind]
            or left < 0
        ):
            continue
        value = table[day, state, at] - cost[day, kind]
        if day == 0:
            if left == 0 and value == 0:
                return kind, -1, 0
            continue
        before = _state_before_work(table[day - 1], kind, run, left, value, day, sequence)
        if before >= 0:
            return kind, before, left
    return -1, -1, 0


@nb.njit(cache=True, nogil=True)
def _go_back(
    table: Costs,
    state: int,
    at: int,
    cost: Costs,
    calendar: Calendar,
    sequence: Sequence,
    usage: Usage,
    row: Rows,
) -> None:
    """Write into `row` the kinds of the way that ends in `state` with `at` used up, -1 for a day off."""
    off = sequence.follows.shape[1] * sequence.most_run
    for day in range(cost.shape[0] - 1, -1, -1):
        if state < off:
            row[day], state, at = _kind_worked(
                table, day, state, at, cost, calendar, sequence, usage
            )
        elif day > 0:
            state = _state_before_off(
                table[day - 1], state, at, table[day, state, at], day, sequence
            )
            row[day] = -1
        else:
            row[day] = -1


@nb.njit(cache=True, nogil=True)
def _least(cells: Costs, usage: Usage) -> tuple[np.int32, int]:
    """Give the least cost among these cells that use up enough, and where."""
    cost, where = np.int32(NEVER // 2), -1
    for at in range(usage.least, len(cells)):
        if cells[at] < cost:
            cost, where = cells[at], at
    return cost, where


@nb.njit(cache=True, nogil=True)
def cheapest(
    table: Costs,
    cost: Costs,
    calendar: Calendar,
    sequence: Sequence,
    usage: Usage,
    costs: Costs,
    rows: Rows,
) -> None:
    """Find the cheapest roster for each way to end, as many as `costs` and `rows` have room for, cheapest first.

    A cost of NEVER says that there is no such roster.
    """
    fill(table, cost, calendar, sequence, usage)
    last = table[cost.shape[0] - 1]
    wanted = len(costs)
    costs[:] = NEVER
    ends = np.zeros((wanted, 2), np.int64)
    for state in range(last.shape[0]):
        least, where = _least(last[state], usage)
        place = np.searchsorted(costs, least, side="right")
        if where < 0 or place == wanted:
            continue
        for k in range(wanted - 1, place, -1):
            costs[k] = costs[k - 1]
            ends[k] = ends[k - 1]
        costs[place] = least
        ends[place] = state, where
    for k in range(wanted):
        if costs[k] < NEVER:
            _go_back(table, ends[k, 0], ends[k, 1], cost, calendar, sequence, usage, rows[k])
