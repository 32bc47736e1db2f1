"""Who is upstream of a thing. Higher storeys say so in their `links.py`; nobody is imported upward.

A link is a function from a thing to the things it came from (an entry to its call, an experiment to its entries), and
an author function tells which people wrote a thing. With them a change anywhere can be told to everyone upstream.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)
Upstream = Callable[[Any], Iterable[Model]]
Authors = Callable[[Any], Iterable[Any]]

_upstream: dict[type[Model], Upstream] = {}
_authors: dict[type[Model], Authors] = {}


def upstream_of(
    model: type[M],
) -> Callable[[Callable[[M], Iterable[Model]]], Callable[[M], Iterable[Model]]]:
    """Register the function that gives what a thing of `model` came from."""

    def register(function: Callable[[M], Iterable[Model]]) -> Callable[[M], Iterable[Model]]:
        _upstream[model] = function
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


def everything_upstream(thing: Model) -> list[Model]:
    """Give `thing` and all that it came from, nearest first, each once."""
    return [path[-1] for path in paths_upstream(thing)]


def paths_upstream(thing: Model) -> list[tuple[Model, ...]]:
    """Give the shortest path from `thing` up to each thing that it came from, the nearest first."""
    found: list[Model] = []
    paths: list[tuple[Model, ...]] = []
    waiting: list[tuple[Model, ...]] = [(thing,)]
    while waiting:
        path = waiting.pop(0)
        current = path[-1]
        if current in found:
            continue
        found.append(current)
        paths.append(path)
        sources = _upstream.get(type(current), lambda _thing: [])(current)
        waiting.extend((*path, source) for source in sources)
    return paths


def authors(thing: Model) -> list[Any]:
    return list(_authors.get(type(thing), lambda _thing: [])(thing))
