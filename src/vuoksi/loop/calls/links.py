"""Where an entry and a call come from: with this a change anywhere downstream is told to everyone upstream."""

from collections.abc import Iterable

from django.db.models import Model

from vuoksi.base.notices.links import authors_of, upstream_of
from vuoksi.base.people.models import User
from vuoksi.loop.calls import queries
from vuoksi.loop.calls.models import Call, Entry


@upstream_of(Entry)
def call_of(entry: Entry) -> Iterable[Model]:
    return [entry.call]


@upstream_of(Call)
def goal_of(call: Call) -> Iterable[Model]:
    return [call.goal] if call.goal is not None else []


@authors_of(Entry)
def authors(entry: Entry) -> Iterable[User]:
    return queries.authors_of(entry)
