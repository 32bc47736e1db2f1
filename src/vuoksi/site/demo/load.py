"""The whole demo city, each part told through actions, in the order in which one thing needs another."""

from vuoksi.base.organisations.actions import join
from vuoksi.site.demo import calls, experiments, indicators, organisations, people, places, strategy
from vuoksi.site.demo.people import JOINED


def everything() -> None:
    """Load all of it. What stands already stays as it is."""
    coordinator = people.load()
    units = organisations.load(coordinator)
    for key in (
        "city-of-espoo",
        "espoo-city-library",
        "espoo-sports-services",
        "sustainable-espoo",
    ):
        join(organisation=units[key], user=coordinator, by=None, at=JOINED)
    city = strategy.City(coordinator, units, indicators.load(coordinator))
    sites = places.load(city)
    strategy.load(city)
    entries = calls.load(city)
    experiments.load(city, sites, entries)
