"""What the demo city's data files hold, as frozen dataclasses: one class per kind of row.

A field without a default must be in the file. `source` names where a fact was read; `demo` marks
an invented story, whose source says so too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Text:
    """One text in several languages; `original` is the language in which it was written first."""

    words: Mapping[str, str]

    @property
    def original(self) -> str:
        return next(iter(self.words))

    def in_language(self, language: str) -> str:
        """Return the words in `language`, or the original words where there are none."""
        return self.words.get(language, self.words[self.original])

    def state(self, language: str) -> str:
        """Return "original", or "machine": nobody has reviewed a translation in these files."""
        return "original" if language == self.original else "machine"


@dataclass(frozen=True)
class Organisation:
    key: str
    kind: str
    name_fi: str
    name_sv: str
    name_en: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Indicator:
    """One measured thing; `number` is its number in the climate roadmap, empty for the others."""

    key: str
    number: str
    title_en: str
    title_fi: str
    title_sv: str
    title_ar: str
    unit: str
    better: str
    data_owner: str
    interval_years: int | None
    goal: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Target:
    """A target on an indicator; `operator` is empty where the roadmap set none.

    `baseline_method` is the method of the observations that the baseline belongs to, empty where it is theirs all.
    """

    key: str
    indicator: str
    state: str
    operator: str
    value: float | None
    due: date | None
    baseline_value: float | None
    baseline_year: int | None
    baseline_method: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Observation:
    """One figure; two observations with different `method` never belong to one line."""

    indicator: str
    period: int
    value: float
    low: float | None
    high: float | None
    method: str
    kind: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Action:
    key: str
    code: str
    goal: str
    field: str
    title_en: str
    title_fi: str
    title_sv: str
    owner: str
    partners: tuple[str, ...]
    groups: tuple[str, ...]
    status: str
    starts: date | None
    ends: date | None
    reduction_2030_vs_2022_kt: float | None
    cost_keur: float | None
    cost_eur_per_t: float | None
    source: str
    note: str = ""


@dataclass(frozen=True)
class Measurement:
    """One measured value of an experiment: `arm` is a time (before/after) or a group."""

    experiment: str
    unit: str
    arm: str
    measured_on: date
    value: float
    source: str
    demo: bool


@dataclass(frozen=True)
class Chapter:
    key: str
    kind: str
    title: Text
    paragraphs: tuple[Text, ...]
    source: str
    number: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Story:
    key: str
    title: Text
    first_year: int
    last_year: int
    decided: date | None
    source: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class Goal:
    key: str
    title: Text
    summary: Text
    source: str
    story_goal: str = ""


@dataclass(frozen=True)
class Roadmap:
    key: str
    title: Text
    summary: Text
    first_year: int
    last_year: int
    decided: date | None
    source: str
    goals: tuple[Goal, ...]


@dataclass(frozen=True)
class Population:
    day: date
    persons: int
    source: str


@dataclass(frozen=True)
class Place:
    """A point or a schematic outline; `geometry` is GeoJSON in WGS 84 (longitude, latitude)."""

    key: str
    kind: str
    name: Text
    coordinates: str
    source: str
    geometry: Mapping[str, Any]
    district: str = ""
    schematic: bool = False
    note: Text | None = None
    offers: tuple[Text, ...] = ()
    population: tuple[Population, ...] = ()


@dataclass(frozen=True)
class Node:
    """A step of an impact map; `stage` is lever, early, late or impact."""

    key: str
    stage: str
    title: Text
    leads_to: tuple[str, ...] = ()
    indicator: str = ""
    direct: bool = True


@dataclass(frozen=True)
class ImpactMap:
    key: str
    demo: bool
    goal: str
    title: Text
    summary: Text
    source: str
    nodes: tuple[Node, ...]
