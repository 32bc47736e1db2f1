"""Experiments of several designs: seen by a visitor on a narrow phone, and led from plan to evidence by keyboard."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.e2e.test_every_page import faults
from tests.e2e.test_ways import follow_by_keyboard, tab_to, type_into
from tests.factories.experiments import ExperimentFactory, measured
from tests.factories.people import person_with
from vuoksi.base.people.models import Role
from vuoksi.base.runs.models import Run
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.queries import grouping_of, units_of

pytestmark = pytest.mark.browser

PAGES = (
    "/experiments/questions/",
    "/experiments/questions/childrens-loans/",
    "/experiments/demo-story-hours/",
    "/experiments/demo-card-letters/",
    "/experiments/demo-card-letters/groups/",
    "/experiments/demo-card-letters/sample-size/",
)


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_what_everybody_reads_has_no_fault(visit, axe, language):
    page = visit(language=language)
    found = {}
    for address in PAGES:
        page.goto(address)
        found[address] = faults(page, language, axe)
    assert found == {address: {} for address in PAGES}


def enter(page, control):
    """Reach a control by Tab, press it, and wait for the page that it leads to."""
    tab_to(page, control)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press(page, name):
    enter(page, page.get_by_role("button", name=name, exact=True))


def own(violations):
    """Leave out the sizes of targets: they are the shell's, the same on every page."""
    return [violation for violation in violations if violation[0] != "target-size"]


def plan(page, axe):
    """Compute how many are needed, and let chance divide a list."""
    follow_by_keyboard(page, "How many are needed")
    for name, text in (("effect", "2"), ("deviation", "2"), ("n", "12")):
        tab_to(page, page.locator(f"[name={name}]"))
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(text)
    press(page, "Compute")
    assert own(axe(page)) == []
    assert page.locator(".chart-names").count() == 0
    follow_by_keyboard(page, "Back to the plan")
    follow_by_keyboard(page, "Groups")
    follow_by_keyboard(page, "Make the groups")
    type_into(page, "pasted", "unit,size\n" + "\n".join(f"u-{n},{10 + n % 5}" for n in range(24)))
    type_into(page, "seed", "7")
    press(page, "Show what would be divided")
    assert own(axe(page)) == []
    press(page, "Draw now")
    assert own(axe(page)) == []


def measure(page, row, tmp_path):
    """Send in a value a unit; the trial adds five."""
    lines = ["arm,unit,day,value"]
    for n, unit in enumerate(units_of(grouping_of(row)).order_by("code")):
        value = 20 + n % 7 + (5 if unit.arm == "treatment" else 0)
        lines.append(f"{unit.arm},{unit.code},2026-06-02,{value}")
    file = tmp_path / "values.csv"
    file.write_text("\n".join(lines))
    follow_by_keyboard(page, "Import measurements")
    page.locator("[type=file]").set_input_files(file)
    enter(page, page.locator("main form").get_by_role("button").last)
    press(page, "Add these measurements")


@pytest.mark.django_db(transaction=True)
def test_from_the_plan_to_evidence_without_a_mouse(open_page, axe, tmp_path):
    row = ExperimentFactory(
        design="two_groups",
        assignment="chance",
        starts_on=date(2026, 1, 1),
        ends_on=timezone.localdate() + timedelta(days=300),
    )
    page = open_page(row.get_absolute_url(), user=person_with(Role.COORDINATOR))
    plan(page, axe)
    page.goto(row.get_absolute_url())
    follow_by_keyboard(page, "Fix the plan and start")
    press(page, "Fix the plan and start")
    measure(page, Experiment.objects.get(pk=row.pk), tmp_path)
    follow_by_keyboard(page, "End…")
    press(page, "End the experiment")
    press(page, "Compute the effect")
    assert own(axe(page)) == []
    follow_by_keyboard(page, "Publish as evidence")
    type_into(page, "claim", "It moved by five.")
    type_into(page, "limits", "One summer.")
    press(page, "Publish")
    assert own(axe(page)) == []
    evidence = Evidence.objects.get()
    assert (evidence.finding, evidence.claim, evidence.low < 5 < evidence.high) == (
        *("better", "It moved by five."),
        True,
    )


@pytest.mark.django_db(transaction=True)
def test_what_takes_long_has_a_page_from_which_the_effect_is_reached(open_page, axe):
    row = ExperimentFactory(state="ended")
    measured(row, [4.0 + n % 5 / 10 for n in range(1_001)])
    page = open_page(row.get_absolute_url(), user=person_with(Role.COORDINATOR), width=360)
    press(page, "Compute the effect")
    assert page.url.endswith(f"/runs/{Run.objects.get().pk}/")
    assert own(axe(page)) == []
    enter(page, page.get_by_role("link", name="See the result"))
    assert page.url.endswith("#effect")
    assert page.get_by_text("it helped").count() == 1
