"""The demo city's data: every row has a source, every reference leads somewhere, nothing is mute."""

import math
import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from vuoksi.site.demo_data import read
from vuoksi.site.demo_data.shapes import Organisation, Text

READERS = (
    read.organisations,
    read.indicators,
    read.targets,
    read.observations,
    read.actions,
    read.measurements,
    read.stories,
    read.roadmaps,
    read.places,
    read.calls,
    read.experiments,
    read.pilots,
    read.afterwards,
    read.impact_maps,
    read.testbeds,
    read.templates,
)
THREE = {"en", "fi", "sv"}
DEMO_TODAY = date(2026, 11, 24)


def parts(thing: object) -> Iterable[object]:
    """Yield a dataclass, and every dataclass that lies inside it."""
    if isinstance(thing, tuple):
        for item in thing:
            yield from parts(item)
    elif is_dataclass(thing):
        yield thing
        for field in fields(thing):
            yield from parts(getattr(thing, field.name))


def everything() -> list[object]:
    return [part for reader in READERS for part in parts(reader())]


def keys(things: Iterable[object]) -> set[str]:
    return {thing.key for thing in things}


def unknown(wanted: Iterable[str], known: set[str]) -> set[str]:
    return {key for key in wanted if key} - known


def chapters():
    return [chapter for story in read.stories() for chapter in story.chapters]


def entries():
    return [entry for call in read.calls() for entry in call.entries]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_every_file_has_rows_and_every_row_a_source(reader):
    rows = reader()
    assert rows
    assert [row for row in rows if not row.source.strip()] == []


def test_nested_rows_have_a_source_too():
    mute = [p for p in everything() if hasattr(p, "source") and not p.source.strip()]
    assert mute == []


@pytest.mark.parametrize(
    "rows",
    [
        read.organisations,
        read.indicators,
        read.targets,
        read.actions,
        read.stories,
        read.roadmaps,
        read.places,
        read.calls,
        read.experiments,
        read.impact_maps,
        chapters,
        entries,
    ],
    ids=lambda rows: rows.__name__,
)
def test_keys_are_unique(rows):
    assert [key for key, n in Counter(row.key for row in rows()).items() if n > 1] == []


def test_goal_keys_are_unique():
    assert len(read.goal_keys()) == len(set(read.goal_keys())) == 25


def test_a_figure_is_told_once_for_a_method():
    told = Counter((o.indicator, o.period, o.method) for o in read.observations())
    assert [key for key, n in told.items() if n > 1] == []


def test_a_unit_is_measured_once_in_an_arm():
    measured = Counter((m.experiment, m.unit, m.arm) for m in read.measurements())
    assert [key for key, n in measured.items() if n > 1] == []


class TestReferences:
    def test_goals(self):
        wanted = [
            *(i.goal for i in read.indicators()),
            *(a.goal for a in read.actions()),
            *(c.goal for c in read.calls()),
            *(e.goal for e in read.experiments()),
            *(m.goal for m in read.impact_maps()),
            *(g.story_goal for r in read.roadmaps() for g in r.goals),
        ]
        assert unknown(wanted, set(read.goal_keys())) == set()

    def test_chapters_parents(self):
        assert unknown((c.parent for c in chapters()), keys(chapters())) == set()

    def test_indicators(self):
        wanted = [
            *(t.indicator for t in read.targets()),
            *(o.indicator for o in read.observations()),
            *(n.indicator for m in read.impact_maps() for n in m.nodes),
            *(e.measure.indicator for e in read.experiments()),
        ]
        assert unknown(wanted, keys(read.indicators())) == set()

    def test_organisations(self):
        wanted = [
            *(key for a in read.actions() for key in (a.owner, *a.partners)),
            *(key for c in read.calls() for key in (c.organiser, *c.partners)),
            *(key for c in read.calls() for w in c.winners for key in w.partners),
            *(key for e in read.experiments() for key in (e.owner, *e.partners)),
        ]
        assert unknown(wanted, keys(read.organisations())) == set()

    def test_places(self):
        wanted = [
            *(p.district for p in read.places()),
            *(e.testbed for e in read.experiments()),
            *(e.place for e in entries()),
        ]
        assert unknown(wanted, keys(read.places())) == set()

    def test_actions(self):
        decisions = [e.decision for e in read.experiments() if e.decision]
        wanted = [e.action for e in read.experiments()] + [d.updates_action for d in decisions]
        assert unknown(wanted, keys(read.actions())) == set()
        opened = [d.opens_action for d in decisions if d.opens_action]
        assert unknown((a.goal for a in opened), set(read.goal_keys())) == set()
        assert keys(opened) & keys(read.actions()) == set()

    def test_experiments_come_from_accepted_entries(self):
        accepted = {e.key for e in entries() if e.answer and e.answer.outcome == "accepted"}
        assert unknown((e.entry for e in read.experiments()), accepted) == set()

    def test_measurements(self):
        arms = {(e.key, arm) for e in read.experiments() for arm in e.measure.arms}
        assert {(m.experiment, m.arm) for m in read.measurements()} == arms

    def test_winners_categories(self):
        for call in read.calls():
            assert unknown((w.category for w in call.winners), keys(call.categories)) == set()

    def test_impact_maps_lead_forward(self):
        order = ("lever", "early", "late", "impact")
        for impact_map in read.impact_maps():
            stage = {node.key: order.index(node.stage) for node in impact_map.nodes}
            steps = [(stage[n.key], stage[to]) for n in impact_map.nodes for to in n.leads_to]
            assert [step for step in steps if step[0] > step[1]] == []
            assert {node.stage for node in impact_map.nodes} == set(order)


class TestWords:
    def test_every_text_is_in_three_languages(self):
        texts = [part for part in everything() if isinstance(part, Text)]
        assert [text for text in texts if not set(text.words) >= THREE] == []
        assert [text for text in texts if not all(w.strip() for w in text.words.values())] == []

    def test_every_title_of_a_table_is_in_three_languages(self):
        rows = [*read.indicators(), *read.actions()]
        mute = [r.key for r in rows if not (r.title_en and r.title_fi and r.title_sv)]
        assert mute == []
        nameless = [
            o.key for o in read.organisations() if not (o.name_en and o.name_fi and o.name_sv)
        ]
        assert nameless == []

    def test_an_entry_is_first_in_its_own_language(self):
        assert [e.key for e in entries() if e.title.original != e.language] == []
        assert [e.key for e in entries() if e.text.original != e.language] == []

    def test_the_open_call_and_the_newest_story_are_in_arabic_too(self):
        (call,) = (c for c in read.calls() if c.status == "open")
        texts = [part for part in parts(call) if isinstance(part, Text)]
        assert [t for t in texts if "ar" not in t.words] == []
        newest = max(read.stories(), key=lambda story: story.first_year)
        titles = [newest.title, *(c.title for c in newest.chapters)]
        assert [t for t in (*titles, newest.chapters[0].paragraphs[0]) if "ar" not in t.words] == []

    def test_the_open_call_is_entered_in_four_languages(self):
        (call,) = (c for c in read.calls() if c.status == "open")
        assert {entry.language for entry in call.entries} == {"ar", "en", "fi", "sv"}

    def test_a_text_says_what_is_translated(self):
        text = Text({"fi": "Ilta", "en": "Evening"})
        assert [text.state("fi"), text.state("en")] == ["original", "machine"]
        assert [text.in_language("en"), text.in_language("sv")] == ["Evening", "Ilta"]


class TestStoriesOfTheLoop:
    def test_what_is_invented_says_so(self):
        for thing in (*read.calls(), *read.experiments(), *read.impact_maps()):
            assert thing.demo == ("demo" in thing.source), thing.key
        assert all(m.demo and m.source.startswith("demo") for m in read.measurements())

    def test_dates_are_in_order(self):
        for call in read.calls():
            days = [d for phase in call.phases for d in (phase.opens, phase.closes)]
            assert days == sorted(days)
            if call.opens and call.closes:
                assert call.opens < call.closes
        for experiment in read.experiments():
            assert experiment.starts < experiment.ends
            if experiment.decision:
                assert experiment.decision.decided > experiment.ends

    def test_nothing_happened_in_the_future(self):
        happened = [
            day
            for entry in entries()
            for day in (entry.entered, *(c.written for c in entry.comments))
        ]
        happened += [entry.answer.answered for entry in entries() if entry.answer]
        happened += [m.measured_on for m in read.measurements()]
        assert [day for day in happened if day > DEMO_TODAY] == []

    def test_the_open_call_has_accepted_refused_and_waiting_entries(self):
        (call,) = (c for c in read.calls() if c.status == "open")
        outcomes = Counter(e.answer.outcome if e.answer else "waiting" for e in call.entries)
        assert outcomes == {"accepted": 2, "refused": 2, "waiting": 2}

    def test_published_numbers_add_up(self):
        for call in read.calls():
            in_categories = [c.entries for c in call.categories]
            if in_categories:
                assert sum(in_categories) == call.entries_total

    def test_decisions_follow_the_rule_fixed_beforehand(self):
        verdicts = {e.key: verdict(e) for e in read.experiments()}
        assert verdicts == {
            "hydrohex-swimming": "scale",
            "story-messages": "stop",
            "kera-cargo-bikes": "repeat",
        }
        decided = {e.key: e.decision.outcome for e in read.experiments() if e.decision}
        assert decided == {key: verdicts[key] for key in decided}

    def test_the_baseline_is_the_mean_of_the_first_arm(self):
        for experiment in read.experiments():
            first = arm_values(experiment, 0)
            assert experiment.measure.baseline_value == round(statistics.mean(first.values()), 1)


class TestWrongFiles:
    def test_a_wrong_column_is_refused(self):
        with pytest.raises(ValueError, match="Organisation: columns"):
            read._from_cells(Organisation, {"key": "x", "colour": "red"})

    @pytest.mark.parametrize(
        ("value", "message"),
        [({"words": {}, "colour": "red"}, "unknown"), ({}, "missing")],
    )
    def test_a_wrong_key_is_refused(self, value, message):
        with pytest.raises(ValueError, match=message):
            read._build_dataclass(Text, value)

    def test_a_wrong_type_is_refused(self):
        with pytest.raises(TypeError, match="expected int"):
            read._build(int, "three")


def arm_values(experiment, index: int) -> dict[str, float]:
    arm = experiment.measure.arms[index]
    return {
        m.unit: m.value
        for m in read.measurements()
        if m.experiment == experiment.key and m.arm == arm
    }


def verdict(experiment) -> str:
    """Apply the rule to a plain normal 95 % interval of the gain (positive is better)."""
    first, second = arm_values(experiment, 0), arm_values(experiment, 1)
    if experiment.measure.design == "paired":
        gains = [second[unit] - first[unit] for unit in second]
        middle, error = statistics.mean(gains), statistics.stdev(gains) / math.sqrt(len(gains))
    else:
        middle = statistics.mean(second.values()) - statistics.mean(first.values())
        error = math.sqrt(
            sum(statistics.variance(arm.values()) / len(arm) for arm in (first, second))
        )
    if experiment.measure.better == "down":
        middle = -middle
    if middle - 2 * error > experiment.rule.scale_if_low_above:
        return "scale"
    return "stop" if middle + 2 * error < experiment.rule.stop_if_high_below else "repeat"
