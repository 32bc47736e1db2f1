"""The whole demo city, each part told through actions, in the order in which one thing needs another."""

from vuoksi.base.organisations.actions import join
from vuoksi.base.people.models import Role
from vuoksi.site.demo import (
    calls,
    competition,
    designs,
    experiments,
    indicators,
    moderation,
    organisations,
    participants,
    people,
    pilots,
    places,
    strategy,
    testbeds,
)
from vuoksi.site.demo.people import JOINED
from vuoksi.site.demo_data import read

# Units for which the coordinator acts, beside those that own a call.
COORDINATED = frozenset({"espoo-sports-services", "sustainable-espoo"})


def everything() -> None:
    """Load all of it. What stands already stays as it is."""
    accounts = people.load()
    coordinator, reviewer = accounts[Role.COORDINATOR], accounts[Role.REVIEWER]
    units = organisations.load(coordinator)
    # An idea is answered by a member of the unit that owns its call.
    owners = {call.organiser for call in read.calls()} | competition.owners()
    for person, keys in ((coordinator, owners | COORDINATED), (reviewer, owners)):
        for key in sorted(keys):
            join(organisation=units[key], user=person, by=None, at=JOINED)
    city = strategy.City(coordinator, units, indicators.load(coordinator))
    sites = places.load(city)
    strategy.load(city)
    entries = calls.load(city)
    moderation.load(entries)
    competition.load(city)
    experiments.load(city, sites, entries)
    designs.load(city, sites)
    pilots.load(city, sites)
    testbeds.load(city, sites)
    participants.load(city, sites)
