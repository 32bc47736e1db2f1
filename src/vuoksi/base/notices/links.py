"""Who is upstream of a thing. Higher storeys say so in their `links.py`; nobody is imported upward.

A link is a function from a thing to the things it came from (an entry to its call, an experiment to its entries), and
an author function tells which people wrote a thing. With them a change anywhere can be told to everyone upstream. Who
wrote a thing without an account is told by letter: a correspondent.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model

from vuoksi.base.notices.queries import is_silent
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.places.models import Place
from vuoksi.base.talk.about import About, discussable, to_follow

M = TypeVar("M", bound=Model)
Upstream = Callable[[Any], Iterable[Model]]
Authors = Callable[[Any], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody without an account. The address is asked for when a letter goes out and is kept with their thing alone."""

    email: str
    language: str


Correspondents = Callable[[Any], Correspondent | None]

# Several apps may know where a thing came from: an action comes from its goal, and from the decision that opened it.
_upstream: dict[type[Model], list[Upstream]] = {}
_authors: dict[type[Model], Authors] = {}
_correspondents: dict[type[Model], Correspondents] = {}


def upstream_of(
    model: type[M],
) -> Callable[[Callable[[M], Iterable[Model]]], Callable[[M], Iterable[Model]]]:
    """Register a function that gives what a thing of `model` came from; the lower storey's is asked first."""

    def register(function: Callable[[M], Iterable[Model]]) -> Callable[[M], Iterable[Model]]:
        _upstream.setdefault(model, []).append(function)
        return function

    return register


def authors_of(
    model: type[M],
) -> Callable[[Callable[[M], Iterable[Any]]], Callable[[M], Iterable[Any]]]:
    """Register the function that gives the people who wrote a thing of `model`."""

    def register(function: Callable[[M], Iterable[Any]]) -> Callable[[M], Iterable[Any]]:
        _authors[model] = function
        return function

    return register


def correspondent_of(
    model: type[M],
) -> Callable[[Callable[[M], Correspondent | None]], Callable[[M], Correspondent | None]]:
    """Register the function that gives who wrote a thing of `model` without an account, if somebody did."""

    def register(
        function: Callable[[M], Correspondent | None],
    ) -> Callable[[M], Correspondent | None]:
        _correspondents[model] = function
        return function

    return register


def everything_upstream(thing: Model) -> list[Model]:
    """Give `thing` and all that it came from, nearest first, each once."""
    return [path[-1] for path in paths_upstream(thing)]


def paths_upstream(thing: Model, also: Iterable[Model] = ()) -> list[tuple[Model, ...]]:
    """Give the shortest path from `thing` up to each thing that it came from, the nearest first.

    `also` are things that this news came from beside those that every news about `thing` comes from.
    """
    found: list[Model] = []
    paths: list[tuple[Model, ...]] = []
    waiting: list[tuple[Model, ...]] = [(thing,), *((thing, one) for one in also)]
    while waiting:
        path = waiting.pop(0)
        current = path[-1]
        if current in found:
            continue
        found.append(current)
        paths.append(path)
        for sources in _upstream.get(type(current), []):
            waiting.extend((*path, source) for source in sources(current))
    return paths


def authors(thing: Model) -> list[Any]:
    return list(_authors.get(type(thing), lambda _thing: [])(thing))


def reachable(thing: Model) -> Correspondent | None:
    """Give who wrote `thing` without an account and wants letters about it."""
    found = _correspondents.get(type(thing), lambda _thing: None)(thing)
    return None if found is None or is_silent(thing) else found


def is_told_of(model: type[Model]) -> bool:
    """Whether people are told of things of this kind."""
    return model in _upstream or model in _authors


# Places and organisations stand below talk and notices, so it is said here that they can be followed.
@discussable(Place)
def about_place(place: Place) -> About:
    return to_follow(place.get_absolute_url())


@discussable(Organisation)
def about_organisation(organisation: Organisation) -> About:
    return to_follow(organisation.get_absolute_url())


@upstream_of(Place)
def owner_of(place: Place) -> Iterable[Model]:
    return [place.owner] if place.owner is not None else []
