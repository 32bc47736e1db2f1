"""Entities and observations as the standard's JSON, with what is expanded inside them.

Each expansion costs one question for all rows of a page, however many they are.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import quote, urlencode

import pyarrow.compute as pc
from django.db.models import Count, Prefetch, QuerySet, prefetch_related_objects

from vuoksi.base.people.rules import Person
from vuoksi.base.series import queries as series
from vuoksi.loop.experiments.measurements.engine import (
    AskedWrongly,
    Expand,
    NotOffered,
    Options,
    Order,
    key_of,
    written,
    written_span,
)
from vuoksi.loop.experiments.measurements.models import Datastream, Sensed
from vuoksi.loop.experiments.measurements.queries import visible
from vuoksi.loop.experiments.measurements.sensorthings.conditions import of_table
from vuoksi.loop.experiments.measurements.sensorthings.entities import (
    OBSERVATION_LINKS,
    OBSERVATIONS,
    SETS,
    EntitySet,
    Link,
    field_of,
    refuse_sets_in,
    refuse_what_is_not_offered,
)
from vuoksi.loop.experiments.measurements.sensorthings.observed import of_series
from vuoksi.loop.experiments.measurements.series import OBSERVATIONS as KIND

Json = dict[str, Any]
ORDERED_BY = {
    "phenomenonTime": ("start", "end"),
    "resultTime": ("result_time",),
    "result": ("result", "other"),
    "id": ("datastream", "start", "end"),
    "@iot.id": ("datastream", "start", "end"),
    "Datastream/id": ("datastream",),
    "Datastream/@iot.id": ("datastream",),
}
MORE = ("resultQuality", "validTime", "parameters")
ARRAY_OF = ["id", "phenomenonTime", "result", "resultTime"]
# Signs of an address that need no other writing.
KEPT = "$()/,;='@:*"


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a set that are given, and whether there are more."""

    rows: list[Any]
    has_more: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads for one person what that person may read; `root` is the address of the service without a slash."""

    root: str
    user: Person | None

    def entities(self, entities: EntitySet, rows: Sequence[Sensed], options: Options) -> list[Json]:
        if options.is_array:
            raise AskedWrongly("$resultFormat=dataArray gives observations only")
        shown = [self._entity(entities, row, options) for row in rows]
        for expand in options.expand:
            link = entities.links.get(expand.name)
            if link is None:
                refuse_what_is_not_offered(expand.name)
                raise AskedWrongly(f"{entities.one} has no “{expand.name[:40]}” to expand")
            if link.target == OBSERVATIONS:
                self._expand_observations(entities, link, rows, shown, expand)
            elif link.is_many:
                self._expand_set(entities, link, rows, shown, expand)
            else:
                self._expand_one(link, rows, shown, expand)
        return shown

    def observations(self, rows: Sequence[Json], options: Options) -> list[Json]:
        shown = [self._observation(row, options) for row in rows]
        for expand in options.expand:
            link = OBSERVATION_LINKS.get(expand.name)
            if link is None:
                raise AskedWrongly(f"Observation has no “{expand.name[:40]}” to expand")
            entities = SETS[link.target]
            ids = {row[link.field] for row in rows}
            others = list(visible(entities.model, self.user).filter(pk__in=ids))
            found = self.entities(entities, others, expand.options)
            by_id = dict(zip((other.pk for other in others), found, strict=True))
            for one, row in zip(shown, rows, strict=True):
                _put(one, expand.name, by_id.get(row[link.field]))
        return shown

    def arrays(self, rows: Sequence[Json], options: Options) -> list[Json]:
        """The observations of a page as rows of arrays, one array a datastream (clause 13.1)."""
        if options.expand:
            raise NotOffered("$expand is not offered together with $resultFormat=dataArray")
        names = [{"@iot.id": "id"}.get(name, name) for name in options.select] or ARRAY_OF
        unknown = [name for name in names if name not in {*ARRAY_OF, *MORE}]
        if unknown:
            raise AskedWrongly(f"“{unknown[0][:80]}” cannot be selected in a data array")
        arrays: dict[int, list[list[Any]]] = {}
        for row in rows:
            whole = self._observation(row, Options())
            whole["id"] = whole["@iot.id"]
            arrays.setdefault(row["datastream"], []).append([whole.get(name) for name in names])
        return [
            {
                "Datastream@iot.navigationLink": f"{self.root}/Datastreams({stream})",
                "components": names,
                "dataArray@iot.count": len(array),
                "dataArray": array,
            }
            for stream, array in arrays.items()
        ]

    def page(self, entities: EntitySet, rows: QuerySet[Any], options: Options) -> Page:
        found = _chosen(entities, rows, options)
        count = found.count() if options.has_count else None
        some = list(found[options.skip : options.skip + options.top + 1])
        return _page(some, options, count)

    def observation_page(self, where: pc.Expression, options: Options) -> Page:
        whole, snapshot = self._where(where, options), series.snapshot(KIND)
        count = series.count(KIND, where=whole, of=snapshot) if options.has_count else None
        some = series.read(
            KIND,
            where=whole,
            order=_steps(options.orders),
            limit=options.top + 1,
            offset=options.skip,
            of=snapshot,
        ).to_pylist()
        return _page(some, options, count)

    def self_link(self, entities: EntitySet, row: Sensed) -> str:
        return f"{self.root}/{entities.name}({row.pk})"

    def observation_link(self, key: str) -> str:
        return f"{self.root}/{OBSERVATIONS}('{key}')"

    def readable(self) -> pc.Expression:
        """Observations of all datastreams that this person may read."""
        streams = visible(Datastream, self.user).values_list("pk", flat=True)
        return pc.field("datastream").isin(sorted(streams))

    def _where(self, where: pc.Expression, options: Options) -> pc.Expression:
        if options.condition is None:
            return where
        return where & of_series(options.condition, self.user)

    def _entity(self, entities: EntitySet, row: Sensed, options: Options) -> Json:
        link = self.self_link(entities, row)
        whole = {
            "@iot.id": row.pk,
            "@iot.selfLink": link,
            **{name: getattr(row, one.field) for name, one in entities.properties.items()},
        }
        return _selected(whole, entities.links, link, options)

    def _observation(self, row: Json, options: Options) -> Json:
        key = key_of(row["datastream"], row["start"], row["end"])
        more = json.loads(row["more"]) if row["more"] else {}
        whole = {
            "@iot.id": key,
            "@iot.selfLink": self.observation_link(key),
            "phenomenonTime": written_span(row["start"], row["end"]),
            "resultTime": written(row["result_time"]) if row["result_time"] else None,
            "result": result_of(row),
            **{name: more[name] for name in MORE if name in more},
        }
        return _selected(whole, OBSERVATION_LINKS, str(whole["@iot.selfLink"]), options)

    def _expand_one(
        self, link: Link, rows: Sequence[Sensed], shown: list[Json], expand: Expand
    ) -> None:
        prefetch_related_objects(list(rows), link.field)
        entities = SETS[link.target]
        others = [getattr(row, link.field) for row in rows]
        found = self.entities(entities, others, expand.options)
        for one, other in zip(shown, found, strict=True):
            _put(one, expand.name, other)

    def _expand_set(
        self,
        entities: EntitySet,
        link: Link,
        rows: Sequence[Sensed],
        shown: list[Json],
        expand: Expand,
    ) -> None:
        target, options, name = SETS[link.target], expand.options, f"expanded_{expand.name}"
        chosen = _chosen(target, target.model._default_manager.all(), options)
        cut = chosen[options.skip : options.skip + options.top + 1]
        prefetch_related_objects(list(rows), Prefetch(link.field, cut, to_attr=name))
        lists = [cast("list[Sensed]", getattr(row, name)) for row in rows]
        flat = [other for others in lists for other in others[: options.top]]
        found = iter(self.entities(target, flat, options))
        counts = _counts(chosen, link, rows) if options.has_count else None
        for one, row, others in zip(shown, rows, lists, strict=True):
            given = [next(found) for _other in others[: options.top]]
            count = None if counts is None else counts.get(row.pk, 0)
            page = Page(given, _has_more(others, options), count)
            self._put_page(one, f"{self.self_link(entities, row)}/{expand.name}", expand, page)

    def _expand_observations(
        self,
        entities: EntitySet,
        link: Link,
        rows: Sequence[Sensed],
        shown: list[Json],
        expand: Expand,
    ) -> None:
        column, options = link.back, expand.options
        where = self._where(
            self.readable() & pc.field(column).isin([row.pk for row in rows]), options
        )
        snapshot = series.snapshot(KIND)
        found = series.read(
            KIND,
            where=where,
            order=_steps(options.orders),
            limit=options.top + 1,
            offset=options.skip,
            per=column,
            of=snapshot,
        ).to_pylist()
        counts = (
            series.counts(KIND, by=column, where=where, of=snapshot) if options.has_count else None
        )
        for one, row in zip(shown, rows, strict=True):
            mine = [other for other in found if other[column] == row.pk]
            given = self.observations(mine[: options.top], options)
            count = None if counts is None else counts.get(row.pk, 0)
            page = Page(given, _has_more(mine, options), count)
            self._put_page(one, f"{self.self_link(entities, row)}/{expand.name}", expand, page)

    def _put_page(self, one: Json, link: str, expand: Expand, page: Page) -> None:
        _put(one, expand.name, page.rows)
        if page.count is not None:
            one[f"{expand.name}@iot.count"] = page.count
        if page.has_more:
            one[f"{expand.name}@iot.nextLink"] = next_link(link, dict(expand.given), expand.options)


def next_link(address: str, given: Mapping[str, str], options: Options) -> str:
    """Where the set goes on: asked as it was, from the next row on."""
    asked = {**given, "$skip": str(options.skip + options.top)}
    return f"{address}?{urlencode(asked, safe=KEPT, quote_via=quote)}"


def _page(some: list[Any], options: Options, count: int | None) -> Page:
    """A page of rows of which one more was asked for than is given."""
    return Page(some[: options.top], _has_more(some, options), count)


def _has_more(some: Sequence[Any], options: Options) -> bool:
    """Whoever asks for no rows is led nowhere, or would go in a circle."""
    return len(some) > options.top > 0


def result_of(row: Json) -> Any:
    """A whole number is shown without a fraction; what is no number was kept as JSON."""
    number = row["result"]
    if number is None:
        return json.loads(row["other"]) if row["other"] is not None else None
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _selected(whole: Json, links: Mapping[str, Link], self_link: str, options: Options) -> Json:
    navigation = {f"{name}@iot.navigationLink": f"{self_link}/{name}" for name in links}
    if not options.select:
        return {**whole, **navigation}
    known = {**whole, "id": whole["@iot.id"], **links}
    unknown = [name for name in options.select if name not in known]
    if unknown and not set(unknown) <= set(MORE):
        raise AskedWrongly(f"“{unknown[0][:80]}” cannot be selected here")
    wanted = {{"id": "@iot.id"}.get(name, name) for name in options.select}
    wanted |= {f"{name}@iot.navigationLink" for name in options.select}
    return {name: value for name, value in {**whole, **navigation}.items() if name in wanted}


def _put(one: Json, name: str, value: Any) -> None:
    """What is expanded stands in the place of its link."""
    one.pop(f"{name}@iot.navigationLink", None)
    one[name] = value


def _chosen(entities: EntitySet, rows: QuerySet[Any], options: Options) -> QuerySet[Any]:
    for order in options.orders:
        # An entity would stand once for each of its own.
        refuse_sets_in(entities, order.path)
    if options.condition is not None:
        rows = rows.filter(of_table(entities, options.condition)).distinct()
    orders = [
        f"{'-' if order.is_descending else ''}{field_of(entities, order.path)}"
        for order in options.orders
    ]
    return rows.order_by(*orders, "pk")


def _counts(chosen: QuerySet[Any], link: Link, rows: Iterable[Sensed]) -> dict[int, int]:
    ids = [row.pk for row in rows]
    grouped = chosen.order_by().filter(**{f"{link.back}__in": ids}).values_list(link.back)
    return dict(grouped.annotate(count=Count("pk", distinct=True)))


def _steps(orders: Sequence[Order]) -> list[tuple[str, str]]:
    steps: list[tuple[str, str]] = []
    for order in orders:
        columns = ORDERED_BY.get(order.path)
        if columns is None and order.path.partition("/")[0] in OBSERVATION_LINKS:
            raise NotOffered(f"observations are not ordered by {order.path[:80]} here")
        if columns is None:
            raise AskedWrongly(f"observations cannot be ordered by “{order.path[:80]}”")
        way = "descending" if order.is_descending else "ascending"
        steps += [(column, way) for column in columns]
    # The rest of the key makes the order one that pages can be cut from.
    named = {column for column, _way in steps}
    return steps + [(column, "ascending") for column in KIND.key if column not in named]
