"""Espoo's story, roadmaps, goals, targets, actions and impact maps."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.models import User
from vuoksi.indicators.models import Indicator
from vuoksi.site.demo.words import add_translations, slug_of
from vuoksi.site.demo_data import read, shapes
from vuoksi.strategy import actions
from vuoksi.strategy.engine import STALE_AFTER_DAYS
from vuoksi.strategy.models import (
    Action,
    Chapter,
    Goal,
    ImpactMap,
    ImpactNode,
    Roadmap,
    Story,
    Target,
)

WRITTEN = datetime(2026, 1, 14, 9, 0, tzinfo=UTC)

# Shown on the first page: what the roadmap calls its main aims, one of each field.
HEADLINES = frozenset(
    {"ghg-total-2030", "t03-non-fossil-heat-2026", "t04-ev-cars-2025", "t09-protected-areas-2030"}
)
STATES = {
    "decided": Action.State.PLANNED,
    "proposed": Action.State.PLANNED,
    "under_way": Action.State.ONGOING,
    "ended": Action.State.DONE,
}


@dataclass(slots=True)
class City:
    """What the demo has loaded so far, by the keys of the data files."""

    by: User
    organisations: dict[str, Organisation]
    indicators: dict[str, Indicator]
    goals: dict[str, Goal] = field(default_factory=dict)
    roadmaps: dict[str, Roadmap] = field(default_factory=dict)


def load(city: City) -> None:
    """Load the whole strategy; what stands already stays as it is."""
    for story in read.stories():
        _story(city, story)
    for position, roadmap in enumerate(read.roadmaps(), start=1):
        _roadmap(city, roadmap, position)
    for row in read.targets():
        _target(city, row)
    for work in read.actions():
        _action(city, work)
    for impact_map in read.impact_maps():
        _impact_map(city, impact_map)


def _story(city: City, row: shapes.Story) -> None:
    slug = slug_of(row.key)
    story = Story.objects.filter(slug=slug).first()
    if story is None:
        story = actions.create_story(
            slug=slug,
            title=row.title.words[row.title.original],
            language=row.title.original,
            starts_on=date(row.first_year, 8, 1),
            ends_on=date(row.last_year, 7, 31),
            source=row.source,
            by=city.by,
            at=WRITTEN,
        )
        add_translations(story, {"title": row.title}, city.by, WRITTEN)
    for position, chapter in enumerate(row.chapters, start=1):
        _chapter(city, story, chapter, position)


def _chapter(city: City, story: Story, row: shapes.Chapter, position: int) -> None:
    slug = slug_of(row.key)
    chapter = Chapter.objects.filter(story=story, slug=slug).first()
    if chapter is None:
        body = _joined(row.paragraphs)
        chapter = actions.add_chapter(
            story=story,
            slug=slug,
            position=position,
            number=row.number,
            title=row.title.words[row.title.original],
            body=body.words[body.original],
            language=row.title.original,
            owner=city.organisations["city-of-espoo"],
            source=row.source,
            by=city.by,
            at=WRITTEN,
        )
        add_translations(chapter, {"title": row.title, "body": body}, city.by, WRITTEN)
    if row.kind == "goal":
        city.goals[row.key] = _goal(city, row.key, row.title, row.source, position, chapter=chapter)


def _joined(paragraphs: tuple[shapes.Text, ...]) -> shapes.Text:
    """One text of several paragraphs, in the languages that all of them have."""
    if not paragraphs:
        return shapes.Text({"en": ""})
    languages = [
        code for code in paragraphs[0].words if all(code in text.words for text in paragraphs)
    ]
    return shapes.Text(
        {code: "\n\n".join(text.words[code] for text in paragraphs) for code in languages}
    )


def _roadmap(city: City, row: shapes.Roadmap, position: int) -> None:
    slug = slug_of(row.key)
    roadmap = Roadmap.objects.filter(slug=slug).first()
    if roadmap is None:
        roadmap = actions.create_roadmap(
            slug=slug,
            title=row.title.words[row.title.original],
            summary=row.summary.words[row.title.original],
            language=row.title.original,
            owner=city.organisations["city-of-espoo"],
            due_on=date(row.last_year, 12, 31),
            source=row.source,
            position=position,
            by=city.by,
            at=WRITTEN,
        )
        add_translations(roadmap, {"title": row.title, "summary": row.summary}, city.by, WRITTEN)
    city.roadmaps[row.key] = roadmap
    for order, goal in enumerate(row.goals, start=1):
        city.goals[goal.key] = _goal(
            city, goal.key, goal.title, goal.source, order, summary=goal.summary, roadmap=roadmap
        )


def _goal(
    city: City,
    key: str,
    title: shapes.Text,
    source: str,
    position: int,
    *,
    summary: shapes.Text | None = None,
    chapter: Chapter | None = None,
    roadmap: Roadmap | None = None,
) -> Goal:
    slug = slug_of(key)
    goal = Goal.objects.filter(slug=slug).first()
    if goal is not None:
        return goal
    texts = {"title": title, **({"summary": summary} if summary else {})}
    originals = {name: text.words[title.original] for name, text in texts.items()}
    goal = actions.create_goal(
        slug=slug,
        language=title.original,
        source=source,
        position=position,
        by=city.by,
        at=WRITTEN,
        chapter=chapter,
        roadmap=roadmap,
        **originals,
    )
    add_translations(goal, texts, city.by, WRITTEN)
    return goal


def _target(city: City, row: shapes.Target) -> None:
    indicator = city.indicators[row.indicator]
    measured = _measured(row)
    goal = city.goals[measured.goal]
    if Target.objects.filter(goal=goal, indicator=indicator, due_on=row.due).exists():
        return
    baseline_on = date(row.baseline_year, 12, 31) if row.baseline_year else None
    actions.set_target(
        goal=goal,
        indicator=indicator,
        # The city has said only what it follows; the figure's own direction stands for a comparison.
        operator=row.operator or ("at_most" if indicator.better == "down" else "at_least"),
        value=row.value,
        due_on=row.due,
        baseline_value=row.baseline_value,
        baseline_on=baseline_on,
        baseline_method=row.baseline_method,
        stale_after_days=_days_until_stale(measured.interval_years),
        source=row.source,
        note=row.note[:400],
        is_headline=row.key in HEADLINES,
        by=city.by,
        at=WRITTEN,
    )


def _measured(row: shapes.Target) -> shapes.Indicator:
    (indicator,) = (found for found in read.indicators() if found.key == row.indicator)
    return indicator


def _days_until_stale(interval_years: int | None) -> int:
    """A figure is too old two years after the next was due: three years for a yearly one, six for one of four years."""
    return STALE_AFTER_DAYS + 366 * ((interval_years or 1) - 1)


def _action(city: City, row: shapes.Action) -> None:
    slug = slug_of(row.key)
    if Action.objects.filter(slug=slug).exists():
        return
    action = actions.open_action(
        slug=slug,
        goal=city.goals[row.goal],
        code=row.code,
        title=row.title_en,
        language="en",
        owner=city.organisations.get(row.owner),
        partners=[city.organisations[key] for key in row.partners],
        responsible=", ".join(row.groups).replace("_", " "),
        starts_on=row.starts,
        ends_on=row.ends,
        budget_eur=None if row.cost_keur is None else round(row.cost_keur * 1000, 2),
        expected_effect=_effect(row),
        is_decided=row.status != "proposed",
        state=STATES[row.status],
        source=row.source,
        by=city.by,
        at=WRITTEN,
    )
    title = shapes.Text({"en": row.title_en, "fi": row.title_fi, "sv": row.title_sv})
    add_translations(action, {"title": title}, city.by, WRITTEN)


def _effect(row: shapes.Action) -> str:
    if row.reduction_2030_vs_2022_kt is None:
        return row.note[:300]
    return f"{row.reduction_2030_vs_2022_kt:g} kt CO2e less in 2030 than in 2022"


def _impact_map(city: City, row: shapes.ImpactMap) -> None:
    slug = slug_of(row.key)
    if ImpactMap.objects.filter(slug=slug).exists():
        return
    drawn = actions.create_impact_map(
        slug=slug,
        title=row.title.words[row.title.original],
        summary=row.summary.words[row.title.original],
        language=row.title.original,
        roadmap=city.goals[row.goal].roadmap,
        source=row.source,
        is_demo=row.demo,
        by=city.by,
        at=WRITTEN,
    )
    add_translations(drawn, {"title": row.title, "summary": row.summary}, city.by, WRITTEN)
    steps: dict[str, ImpactNode] = {}
    # From the impacts back to the levers, so that each arrow finds its end.
    for node in sorted(
        row.nodes, key=lambda node: ImpactNode.Stage.values.index(node.stage), reverse=True
    ):
        steps[node.key] = _step(city, drawn, node, steps)


def _step(
    city: City, drawn: ImpactMap, node: shapes.Node, steps: dict[str, ImpactNode]
) -> ImpactNode:
    step = actions.add_step(
        impact_map=drawn,
        slug=slug_of(node.key)[:60],
        stage=node.stage,
        title=node.title.words[node.title.original],
        language=node.title.original,
        indicator=city.indicators.get(node.indicator),
        leads_to=[steps[key] for key in node.leads_to if key in steps],
        by=city.by,
        at=WRITTEN,
    )
    add_translations(step, {"title": node.title}, city.by, WRITTEN)
    return step
