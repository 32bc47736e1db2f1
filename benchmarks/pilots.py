"""A city with any number of experiments at every stage, for benchmarks. Written in bulk, not by actions."""

import uuid
from datetime import UTC, datetime, timedelta

from vuoksi.base.organisations.models import Organisation
from vuoksi.base.places.models import Place
from vuoksi.loop.calls.models import Call, Entry
from vuoksi.loop.decisions.models import Decision, FollowUp, Money, NextStep
from vuoksi.loop.experiments.analyses.models import Analysis, Evidence
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.strategy.models import Goal, Roadmap

START = datetime(2021, 1, 11, 9, 0, tzinfo=UTC)
GOALS, PLACES, UNITS, YEARS = 30, 40, 12, 5.8
STATES = ("decided", "decided", "decided", "decided", "running", "ended", "draft", "cancelled")
KINDS = ("scale", "stop", "adapt", "repeat", "procure", "stop", "scale")
FINDINGS = ("better", "none", "worse", "none")
BATCH = 500


def build(count: int) -> None:
    """Write a city with this many experiments over nearly six years, and as many ideas."""
    goals, places, units = _goals(), _places(), _units()
    experiments = Experiment.objects.bulk_create(
        (_experiment(n, count, goals, places, units) for n in range(count)), batch_size=BATCH
    )
    _ideas(experiments, goals)
    shown = [row for row in experiments if row.state in {"ended", "decided"}]
    _evidence(shown)
    decided = [row for row in experiments if row.state == "decided"]
    _decisions(decided, units)
    kinds = ("asked", "granted", "spent")
    Money.objects.bulk_create(
        (
            Money(
                experiment=row,
                kind=kind,
                amount_eur=8_000 + 10 * (row.pk % 900),
                dated_on=row.created_at.date(),
                source="ledger",
                recorded_at=row.created_at,
            )
            for row in experiments
            for kind in kinds
        ),
        batch_size=BATCH,
    )


def _goals() -> list[Goal]:
    roadmap = Roadmap.objects.create(slug="bench", language="en", title="Roadmap")
    return Goal.objects.bulk_create(
        Goal(slug=f"goal-{n}", roadmap=roadmap, position=n, language="en", title=f"Goal {n}")
        for n in range(GOALS)
    )


def _places() -> list[Place]:
    return Place.objects.bulk_create(
        Place(
            slug=f"place-{n}",
            kind="testbed",
            language="en",
            name=f"Place {n}",
            geometry={"type": "Point", "coordinates": [24.6 + n / 100, 60.2]},
            west=24.6 + n / 100,
            east=24.6 + n / 100,
            south=60.2,
            north=60.2,
        )
        for n in range(PLACES)
    )


def _units() -> list[Organisation]:
    return Organisation.objects.bulk_create(
        Organisation(slug=f"unit-{n}", name=f"Unit {n}", kind="city_unit") for n in range(UNITS)
    )


def _experiment(n, count, goals, places, units) -> Experiment:
    created = START + timedelta(days=365 * YEARS * n / count)
    state = STATES[n % len(STATES)]
    is_started = state != "draft"
    return Experiment(
        slug=f"pilot-{n}",
        language="en",
        title=f"Pilot number {n}",
        summary="A paragraph of plain words. " * 5,
        goal=goals[n * 7 % GOALS],
        testbed=places[n * 3 % PLACES],
        owner=units[n % UNITS],
        starts_on=created.date(),
        ends_on=created.date() + timedelta(days=90),
        state=state,
        created_at=created,
        frozen_at=created + timedelta(days=20) if is_started else None,
        frozen_digest="0" * 64 if is_started else "",
        frozen_text="{}" if is_started else "",
        ended_at=created + timedelta(days=90)
        if state in {"ended", "decided", "cancelled"}
        else None,
        cancel_reason="It could not be built." if state == "cancelled" else "",
    )


def _ideas(experiments: list[Experiment], goals: list[Goal]) -> None:
    calls = Call.objects.bulk_create(
        Call(
            slug=f"call-{n}",
            goal=goal,
            language="en",
            title=f"Call {n}",
            summary="Call",
            entrants="anybody",
            state="published" if n % 3 else "closed",
            published_at=START + timedelta(days=60 * n),
        )
        for n, goal in enumerate(goals)
    )
    entries = Entry.objects.bulk_create(
        (
            Entry(
                call=calls[n % len(calls)],
                language="en",
                title=f"Idea number {n}",
                summary="A paragraph of plain words. " * 5,
                state=("accepted", "submitted", "refused")[n % 3],
                key=uuid.uuid4(),
                created_at=row.created_at,
                edited_at=row.created_at,
                submitted_at=row.created_at,
            )
            for n, row in enumerate(experiments)
        ),
        batch_size=BATCH,
    )
    through = Experiment.entries.through
    through.objects.bulk_create(
        (
            through(experiment=row, entry=entry)
            for n, (row, entry) in enumerate(zip(experiments, entries, strict=True))
            if n % 4
        ),
        batch_size=BATCH,
    )


def _evidence(experiments: list[Experiment]) -> None:
    analyses = Analysis.objects.bulk_create(
        (
            Analysis(
                experiment=row,
                problem={},
                result={"rule_outcome": "scale"},
                data_digest=f"{row.pk:064d}",
                engine_version="bench",
                at=row.ended_at,
            )
            for row in experiments
        ),
        batch_size=BATCH,
    )
    Evidence.objects.bulk_create(
        (
            Evidence(
                experiment=row,
                analysis=analysis,
                finding=FINDINGS[row.pk % len(FINDINGS)],
                language="en",
                claim="It changed by 0.2.",
                effect=0.2,
                low=-0.1,
                high=0.5,
                unit="hours",
                published_at=row.ended_at,
            )
            for row, analysis in zip(experiments, analyses, strict=True)
            if row.pk % 9
        ),
        batch_size=BATCH,
    )


def _decisions(experiments: list[Experiment], units: list[Organisation]) -> None:
    rows = Decision.objects.bulk_create(
        (_decision(row, n) for n, row in enumerate(experiments)), batch_size=BATCH
    )
    FollowUp.objects.bulk_create(
        (
            FollowUp(
                decision=row,
                found_on=row.use_on,
                use=row.use,
                language="en",
                text="Seen.",
                source="A visit",
                recorded_at=row.published_at,
            )
            for row in rows
            if row.use
        ),
        batch_size=BATCH,
    )
    NextStep.objects.bulk_create(
        (
            NextStep(
                decision=row,
                language="en",
                title="The tender is published",
                due_on=row.decided_on + timedelta(days=90),
                owner=units[row.pk % UNITS],
            )
            for row in rows
            if row.kind == "procure"
        ),
        batch_size=BATCH,
    )


def _decision(row: Experiment, n: int) -> Decision:
    kind = KINDS[n % len(KINDS)]
    published = row.ended_at + timedelta(days=30)
    is_followed = kind in {"scale", "procure"} and n % 2 == 0
    return Decision(
        slug=f"decision-{row.pk}",
        experiment=row,
        kind=kind,
        language="en",
        title=f"Decision on pilot {row.pk}",
        reasons="Because of what was measured.",
        learned="What was learned, in a sentence or two. " * 2,
        decided_by="Director",
        decided_on=published.date(),
        state="published",
        published_at=published,
        use=("in_use" if n % 3 else "not_in_use") if is_followed else "",
        use_on=published.date() + timedelta(days=100) if is_followed else None,
    )
