"""How much time of the processor some processes, and all that they started, have used so far (Linux)."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


def used_s(roots: Iterable[int]) -> float:
    """Seconds of the processor, of children too that have ended and were waited for."""
    rows = dict(_processes())
    wanted, ticks = set(roots), 0
    while True:
        more = {pid for pid, (parent, _ticks) in rows.items() if parent in wanted} - wanted
        if not more:
            break
        wanted |= more
    ticks = sum(rows[pid][1] for pid in wanted if pid in rows)
    return ticks / TICKS_A_SECOND


def parent_of(pid: int) -> int:
    return dict(_processes())[pid][0]


def _processes() -> Iterable[tuple[int, tuple[int, int]]]:
    """Each process with its parent and its ticks; see proc(5)."""
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            after_name = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        yield int(folder.name), (int(after_name[1]), sum(map(int, after_name[11:15])))
