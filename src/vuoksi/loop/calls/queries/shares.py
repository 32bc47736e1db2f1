"""Joint calls: which cities decide, and what each decided."""

from collections.abc import Iterable
from dataclasses import dataclass

from vuoksi.base.organisations.models import Organisation
from vuoksi.loop.calls.models import Answer, Call, Entry, Share


@dataclass(frozen=True, slots=True)
class Shares:
    """What the cities of a joint call decided on one entry, in the order of `cities_of`; None: not decided yet."""

    entry: Entry
    of: list[tuple[Organisation, Share | None]]

    @property
    def total_eur(self) -> int:
        return sum(share.amount_eur for _city, share in self.of if share is not None)

    @property
    def undecided(self) -> list[Organisation]:
        return [city for city, share in self.of if share is None]


def cities_of(call: Call) -> list[Organisation]:
    """The owner first, then its partners; none when the call is not joint."""
    partners = list(call.partners.order_by("name", "pk"))
    if not partners:
        return []
    return [call.owner, *partners] if call.owner is not None else partners


def shares_of(call: Call, entries: Iterable[Entry]) -> list[Shares]:
    """Give each entry's shares, in two queries."""
    rows, cities = list(entries), cities_of(call)
    found = {
        (share.entry_id, share.organisation_id): share
        for share in Share.objects.filter(entry__in=rows).select_related("organisation")
    }
    return [Shares(row, [(city, found.get((row.pk, city.pk))) for city in cities]) for row in rows]


def totals_eur(
    rows: Iterable[Shares], cities: Iterable[Organisation]
) -> list[tuple[Organisation, int]]:
    """What each city gives in all."""
    given: dict[int, int] = {}
    for row in rows:
        for city, share in row.of:
            if share is not None and share.outcome == Answer.Outcome.ACCEPTED:
                given[city.pk] = given.get(city.pk, 0) + share.amount_eur
    return [(city, given.get(city.pk, 0)) for city in cities]
