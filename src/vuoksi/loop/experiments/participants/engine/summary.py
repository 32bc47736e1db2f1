"""What may be published of counts of people: no cell of fewer than five, and none that can be worked out.

The rule of five is the usual threshold of statistical disclosure control: Hundepool et al. (2012), Statistical
Disclosure Control, Wiley, chapter 5.
"""

from collections.abc import Mapping

LEAST = 5


def published(cells: Mapping[str, int], least: int = LEAST) -> dict[str, int | None]:
    """Give cells that add up to a known total; None where a cell is hidden.

    Small cells are hidden, and then the next smallest too, until what is hidden is at least two cells of `least` people
    together: else the total would tell them. Where nothing may be told all is hidden.
    """
    if sum(cells.values()) < least:
        return dict.fromkeys(cells)
    hidden = {name for name, count in cells.items() if count < least}
    for name, _count in sorted(cells.items(), key=lambda cell: (cell[1], cell[0])):
        if not hidden or (len(hidden) > 1 and sum(cells[one] for one in hidden) >= least):
            break
        hidden.add(name)
    return {name: None if name in hidden else count for name, count in cells.items()}


def published_share(count: int, total: int, least: int = LEAST) -> int | None:
    """Give how many of `total` chose something, where several may be chosen; None if either side is too small."""
    return count if count >= least and total - count >= least else None


def published_count(count: int, least: int = LEAST) -> int | None:
    return count if count >= least else None
