"""The chain as a picture: a column a step, an arrow where one thing came of another."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from vuoksi.base.texts.queries import in_language
from vuoksi.base.ui.diagram import Column, Diagram, Edge, Node
from vuoksi.loop.decisions.chain import Chain


def picture_of(chain: Chain) -> Diagram:
    """Draw a chain; a step that nothing has reached yet stays as an empty column."""
    columns = [
        Column(gettext("Goal"), _nodes("goal", chain.goals, chain, "info")),
        Column(gettext("Call"), _nodes("call", chain.calls, chain, "neutral")),
        Column(gettext("Idea"), _nodes("entry", chain.entries, chain, "idea")),
        Column(gettext("Experiment"), _nodes("experiment", chain.experiments, chain, "try")),
        Column(gettext("Evidence"), _evidence(chain)),
        Column(gettext("Decision"), _nodes("decision", chain.decisions, chain, "decide")),
        Column(gettext("Strategy"), _nodes("action", chain.actions, chain, "good")),
    ]
    return Diagram(columns=columns, edges=_edges(chain))


def _nodes(kind: str, rows: Iterable[Any], chain: Chain, tone: str) -> list[Node]:
    return [
        Node(
            id=f"{kind}-{row.pk}",
            title=in_language(row, "title"),
            text=_state(row) if row != chain.focus else gettext("You are here"),
            url=row.get_absolute_url(),
            tone=tone,
            is_here=row == chain.focus,
        )
        for row in rows
    ]


def _evidence(chain: Chain) -> list[Node]:
    return [
        Node(
            id=f"evidence-{row.pk}",
            title=row.get_finding_display(),
            text=in_language(row, "claim"),
            url=row.experiment.get_absolute_url() + "#evidence",
            tone="warn" if row.finding == "none" else "bad" if row.finding == "worse" else "good",
        )
        for row in chain.evidence
    ]


def _state(row: Any) -> str:
    if hasattr(row, "get_kind_display") and hasattr(row, "decided_on"):
        return str(row.get_kind_display())
    return str(row.get_state_display()) if hasattr(row, "get_state_display") else ""


def _edges(chain: Chain) -> list[Edge]:
    """Arrows between things that are both in the picture."""
    pairs = [
        *((f"goal-{row.goal_id}", f"call-{row.pk}") for row in chain.calls),
        *((f"call-{row.call_id}", f"entry-{row.pk}") for row in chain.entries),
        *(
            (f"entry-{entry}", f"experiment-{experiment}")
            for entry, experiment in sorted(chain.made_from)
        ),
        *((f"experiment-{row.experiment_id}", f"evidence-{row.pk}") for row in chain.evidence),
        *_to_decisions(chain),
        *((f"decision-{row.pk}", f"action-{row.action_id}") for row in chain.decisions),
    ]
    known = {f"{kind}-{row.pk}" for kind, rows in _by_kind(chain).items() for row in rows}
    return [Edge(source, target) for source, target in pairs if source in known and target in known]


def _to_decisions(chain: Chain) -> list[tuple[str, str]]:
    """A decision hangs on its experiment's evidence, or on the experiment where there is none."""
    pairs = []
    for decision in chain.decisions:
        behind = [row for row in chain.evidence if row.experiment_id == decision.experiment_id]
        sources = [f"evidence-{row.pk}" for row in behind] or [
            f"experiment-{decision.experiment_id}"
        ]
        pairs += [(source, f"decision-{decision.pk}") for source in sources]
    return pairs


def _by_kind(chain: Chain) -> dict[str, list[Any]]:
    return {
        "goal": chain.goals,
        "call": chain.calls,
        "entry": chain.entries,
        "experiment": chain.experiments,
        "evidence": chain.evidence,
        "decision": chain.decisions,
        "action": chain.actions,
    }
