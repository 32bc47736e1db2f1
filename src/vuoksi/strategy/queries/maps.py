"""Impact maps: from levers by early and late outcomes to impacts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from vuoksi.base.texts.queries import attach
from vuoksi.indicators.models import Observation
from vuoksi.indicators.queries import latest
from vuoksi.indicators.words import figure
from vuoksi.strategy.models import ImpactMap, ImpactNode
from vuoksi.strategy.queries.targets import (
    TargetView,
    all_targets,
    period_words,
    target_verdicts,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an impact map with what is known of it. `target` is the next one due on its indicator."""

    node: ImpactNode
    leads_to: tuple[ImpactNode, ...]
    observation: Observation | None
    target: TargetView | None

    @property
    def figure(self) -> str:
        """The latest figure with its unit; empty for a step that is not measured yet."""
        if self.observation is None or self.node.indicator is None:
            return ""
        return figure(self.observation.value, self.node.indicator.unit)

    @property
    def period(self) -> str:
        return period_words(self.observation)


def impact_map_by_slug(slug: str) -> ImpactMap:
    """Raises ImpactMap.DoesNotExist."""
    return ImpactMap.objects.select_related("roadmap").get(slug=slug)


def steps_of(impact_map: ImpactMap, today: date) -> list[Step]:
    """Give the steps, stage by stage; the number of queries does not grow with them."""
    rows = list(
        impact_map.nodes.select_related("indicator")
        .prefetch_related("leads_to")
        .order_by("position", "pk")
    )
    nodes = {node.pk: node for node in attach(rows)}
    indicators = [node.indicator for node in rows if node.indicator]
    attach(indicators)
    figures = latest(indicators) if indicators else {}
    targets = _next_targets([indicator.pk for indicator in indicators], impact_map, today)
    stages = list(ImpactNode.Stage.values)
    rows.sort(key=lambda node: (stages.index(node.stage), node.position, node.pk))
    return [
        Step(
            node,
            tuple(nodes[each.pk] for each in node.leads_to.all() if each.pk in nodes),
            figures.get(node.indicator_id or 0),
            targets.get(node.indicator_id or 0),
        )
        for node in rows
    ]


def _next_targets(
    indicators: list[int], impact_map: ImpactMap, today: date
) -> dict[int, TargetView]:
    """For each indicator the target that matters now: of the map's own roadmap if there is one, and due next."""
    if not indicators:
        return {}
    found: dict[int, list[TargetView]] = defaultdict(list)
    for view in target_verdicts(all_targets().filter(indicator__in=indicators), today):
        found[view.target.indicator_id].append(view)
    return {
        key: min(views, key=lambda view: _order(view, impact_map, today))
        for key, views in found.items()
    }


def _order(view: TargetView, impact_map: ImpactMap, today: date) -> tuple[bool, bool, date, int]:
    due = view.target.due_on or date.max
    is_foreign = view.target.goal.roadmap_id != impact_map.roadmap_id
    return is_foreign, due < today, due, view.target.pk
