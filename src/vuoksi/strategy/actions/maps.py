from collections.abc import Iterable
from datetime import datetime
from typing import Any

from vuoksi.base.audit.actions import action, record, save_if_unchanged
from vuoksi.base.people.models import User
from vuoksi.indicators.models import Indicator
from vuoksi.strategy import queries, rules
from vuoksi.strategy.models import ImpactMap, ImpactNode

_STAGES = list(ImpactNode.Stage.values)


class ArrowRefused(ValueError):
    """An arrow stays in its map, never leads to an earlier stage, and never round in a circle."""


@action
def create_impact_map(
    *, slug: str, title: str, language: str, by: User, at: datetime, **more: Any
) -> ImpactMap:
    """Start an impact map; `more` may hold roadmap, summary, source and is_demo."""
    rules.check_write_impact_map(by)
    impact_map = ImpactMap.objects.create(slug=slug, title=title, language=language, **more)
    record(actor=by, verb="strategy.create_impact_map", thing=impact_map, at=at)
    return impact_map


@action
def edit_impact_map(
    *, impact_map: ImpactMap, version: int, by: User, at: datetime, **changes: Any
) -> None:
    """Raises EditedMeanwhile."""
    rules.check_write_impact_map(by, impact_map)
    save_if_unchanged(impact_map, version=version, **changes)
    record(
        actor=by,
        verb="strategy.edit_impact_map",
        thing=impact_map,
        at=at,
        fields=sorted(changes),
    )


@action
def add_step(
    *,
    impact_map: ImpactMap,
    stage: str,
    title: str,
    language: str,
    by: User,
    at: datetime,
    slug: str = "",
    indicator: Indicator | None = None,
    comes_from: Iterable[ImpactNode] = (),
    leads_to: Iterable[ImpactNode] = (),
) -> ImpactNode:
    """Add a step at the end of its stage, with arrows from and to steps that are there already. Raises ArrowRefused."""
    rules.check_write_impact_map(by, impact_map)
    node = ImpactNode.objects.create(
        map=impact_map,
        stage=stage,
        title=title,
        language=language,
        slug=slug or queries.free_slug(ImpactNode, title, map=impact_map),
        indicator=indicator,
        position=impact_map.nodes.count() + 1,
    )
    _draw(node, leads_to)
    for earlier in comes_from:
        _draw(earlier, [*earlier.leads_to.all(), node])
    record(actor=by, verb="strategy.add_step", thing=impact_map, at=at, step=node.slug)
    return node


@action
def edit_step(
    *,
    node: ImpactNode,
    version: int,
    by: User,
    at: datetime,
    leads_to: Iterable[ImpactNode],
    **changes: Any,
) -> None:
    """Change a step and its arrows. `version` is the map's; raises EditedMeanwhile and ArrowRefused."""
    rules.check_write_impact_map(by, node.map)
    save_if_unchanged(node.map, version=version)
    ImpactNode.objects.filter(pk=node.pk).update(**changes)
    node.refresh_from_db()
    _draw(node, leads_to)
    for earlier in node.comes_from.all():
        _draw(earlier, earlier.leads_to.all())
    record(
        actor=by,
        verb="strategy.edit_step",
        thing=node.map,
        at=at,
        step=node.slug,
        fields=sorted(changes),
    )


@action
def remove_step(*, node: ImpactNode, by: User, at: datetime) -> None:
    rules.check_write_impact_map(by, node.map)
    record(actor=by, verb="strategy.remove_step", thing=node.map, at=at, step=node.slug)
    node.delete()


def _draw(node: ImpactNode, leads_to: Iterable[ImpactNode]) -> None:
    nodes = list(leads_to)
    for later in nodes:
        forward = _STAGES.index(later.stage) >= _STAGES.index(node.stage)
        if later.map_id != node.map_id or not forward or node.pk in _reached_from(later):
            raise ArrowRefused(f"{node.slug!r} cannot lead to {later.slug!r}")
    node.leads_to.set(nodes)


def _reached_from(node: ImpactNode) -> set[int]:
    """Give the keys of `node` and of everything that it leads to."""
    arrows: dict[int, list[int]] = {}
    through = ImpactNode.leads_to.through.objects.filter(from_impactnode__map=node.map_id)
    for start, end in through.values_list("from_impactnode_id", "to_impactnode_id"):
        arrows.setdefault(start, []).append(end)
    reached: set[int] = set()
    waiting = [node.pk]
    while waiting:
        current = waiting.pop()
        if current not in reached:
            reached.add(current)
            waiting.extend(arrows.get(current, []))
    return reached
