"""Read the demo city's data files into the dataclasses of `shapes` and `loop_shapes`.

The files lie inside the package, so an installed Vuoksi reads them too. A column or key that the
dataclass does not know, or one that it needs and does not find, raises: a typing error in a file
must not pass for an empty value.
"""

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from importlib.resources import files
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from vuoksi.site.demo_data import competition_shapes
from vuoksi.site.demo_data.design_shapes import Story as DesignStory
from vuoksi.site.demo_data.loop_shapes import Call, Experiment
from vuoksi.site.demo_data.moderation_shapes import Case as ModerationCase
from vuoksi.site.demo_data.participant_shapes import ParticipantStory
from vuoksi.site.demo_data.pilot_shapes import Afterwards, Pilot
from vuoksi.site.demo_data.shapes import (
    Action,
    ImpactMap,
    Indicator,
    Measurement,
    Observation,
    Organisation,
    Place,
    Roadmap,
    Story,
    Target,
    Text,
)
from vuoksi.site.demo_data.testbed_shapes import Story as TestbedStory
from vuoksi.site.demo_data.testbed_shapes import Template, Testbed

T = TypeVar("T")

_FROM_CELL: dict[Any, Callable[[str], Any]] = {
    str: str,
    int: int,
    float: float,
    bool: lambda cell: {"yes": True, "no": False}[cell],
    date: date.fromisoformat,
    tuple[str, ...]: lambda cell: tuple(part for part in cell.split(";") if part),
}


def organisations() -> tuple[Organisation, ...]:
    return _table("organisations.csv", Organisation)


def indicators() -> tuple[Indicator, ...]:
    return _table("indicators.csv", Indicator)


def targets() -> tuple[Target, ...]:
    return _table("targets.csv", Target)


def observations() -> tuple[Observation, ...]:
    return _table("observations.csv", Observation)


def actions() -> tuple[Action, ...]:
    return _table("actions.csv", Action)


def measurements() -> tuple[Measurement, ...]:
    return _table("measurements.csv", Measurement)


def stories() -> tuple[Story, ...]:
    return _documents("story.json", "stories", Story)


def roadmaps() -> tuple[Roadmap, ...]:
    return _documents("roadmaps.json", "roadmaps", Roadmap)


def calls() -> tuple[Call, ...]:
    return _documents("calls.json", "calls", Call)


def experiments() -> tuple[Experiment, ...]:
    return _documents("experiments.json", "experiments", Experiment)


def pilots() -> tuple[Pilot, ...]:
    return _documents("pilots.json", "pilots", Pilot)


def afterwards() -> tuple[Afterwards, ...]:
    return _documents("pilots.json", "afterwards", Afterwards)


def testbeds() -> tuple[Testbed, ...]:
    return _documents("testbeds.json", "testbeds", Testbed)


def templates() -> tuple[Template, ...]:
    return _documents("testbeds.json", "templates", Template)


def testbed_story() -> TestbedStory:
    story: TestbedStory = _build(TestbedStory, json.loads(_text("testbeds.json"))["story"])
    return story


def participant_stories() -> tuple[ParticipantStory, ...]:
    return _documents("participants.json", "stories", ParticipantStory)


def moderation_cases() -> tuple[ModerationCase, ...]:
    return _documents("moderation.json", "cases", ModerationCase)


def design_stories() -> tuple[DesignStory, ...]:
    return _documents("designs.json", "designs", DesignStory)


def impact_maps() -> tuple[ImpactMap, ...]:
    return _documents("impact_maps.json", "impact_maps", ImpactMap)


def places() -> tuple[Place, ...]:
    collection = json.loads(_text("places.geojson"))
    return tuple(
        _build(Place, {**feature["properties"], "geometry": feature["geometry"]})
        for feature in collection["features"]
    )


def goal_keys() -> tuple[str, ...]:
    """Return the key of every goal: of the stories' chapters that are goals, then of the roadmaps."""
    of_stories = (
        chapter.key for story in stories() for chapter in story.chapters if chapter.kind == "goal"
    )
    of_roadmaps = (goal.key for roadmap in roadmaps() for goal in roadmap.goals)
    return (*of_stories, *of_roadmaps)


def _text(name: str) -> str:
    return (files("vuoksi.site.demo_data") / name).read_text(encoding="utf-8")


def competitions() -> tuple[competition_shapes.Competition, ...]:
    return _documents("competition.json", "competition", competition_shapes.Competition)


def joint_calls() -> tuple[competition_shapes.Call, ...]:
    return _documents("competition.json", "joint", competition_shapes.Call)


def experiment_calls() -> tuple[competition_shapes.Call, ...]:
    return _documents("competition.json", "experiments", competition_shapes.Call)


def _table(name: str, row_class: type[T]) -> tuple[T, ...]:
    rows = csv.DictReader(_text(name).splitlines(), strict=True)
    return tuple(_from_cells(row_class, row) for row in rows)


def _from_cells(row_class: type[T], row: Mapping[str, str]) -> T:
    hints = get_type_hints(row_class)
    if set(row) != set(hints):
        raise ValueError(f"{row_class.__name__}: columns {sorted(row)}, expected {sorted(hints)}")
    return row_class(**{name: _from_cell(hints[name], cell) for name, cell in row.items()})


def _from_cell(hint: Any, cell: str) -> Any:
    if isinstance(hint, UnionType):
        return _from_cell(get_args(hint)[0], cell) if cell else None
    return _FROM_CELL[hint](cell)


def _documents(name: str, top: str, document_class: type[T]) -> tuple[T, ...]:
    return tuple(_build(document_class, item) for item in json.loads(_text(name))[top])


def _build(hint: Any, value: Any) -> Any:
    """Return `value`, as JSON holds it, as the type that `hint` names."""
    if isinstance(hint, UnionType):
        return None if value is None else _build(_without_none(hint), value)
    if hint is Text:
        return Text(words=value)
    if is_dataclass(hint):
        return _build_dataclass(hint, value)
    if get_origin(hint) is tuple:
        return tuple(_build(get_args(hint)[0], item) for item in value)
    if hint is date:
        return date.fromisoformat(value)
    if hint is float:
        return float(value)
    return _checked(hint, value)


def _without_none(hint: Any) -> Any:
    return next(part for part in get_args(hint) if part is not NoneType)


def _build_dataclass(document_class: Any, value: Mapping[str, Any]) -> Any:
    hints = get_type_hints(document_class)
    needed = {field.name for field in fields(document_class) if field.default is MISSING}
    if not needed <= set(value) <= set(hints):
        raise ValueError(
            f"{document_class.__name__} {value.get('key', '')}: "
            f"missing {sorted(needed - set(value))}, unknown {sorted(set(value) - set(hints))}"
        )
    return document_class(**{name: _build(hints[name], item) for name, item in value.items()})


def _checked(hint: Any, value: Any) -> Any:
    plain = get_origin(hint) or hint
    if not isinstance(value, plain):
        raise TypeError(f"expected {plain.__name__}, found {value!r}")
    return value
