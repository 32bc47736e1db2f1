"""A decision against the rule, and the portfolio, in a real browser: by keyboard, at 320 px, without a script."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.experiments import AnalysisFactory, EvidenceFactory, ExperimentFactory
from tests.factories.people import person_with
from vuoksi.base.people.models import Role
from vuoksi.loop.decisions.models import Decision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def experiment():
    experiment = ExperimentFactory(
        state="ended", title="Videos", ended_at=timezone.now() - timedelta(days=3)
    )
    analysis = AnalysisFactory(experiment=experiment, result={"rule_outcome": "stop"})
    EvidenceFactory(experiment=experiment, analysis=analysis, claim="Nothing changed")
    return experiment


def test_against_the_rule_only_with_words_and_then_into_use(open_page, axe, experiment):
    person = person_with(Role.COORDINATOR)
    page = open_page(f"/decisions/on/{experiment.slug}/", user=person, width=320)
    page.get_by_label("scale up").check()
    page.get_by_label("The decision in one sentence").fill("Videos in every hall")
    page.get_by_label("Reasons").fill("The screens are there.")
    page.get_by_label("Nothing changed").check()
    page.get_by_label("Office that decided").fill("Director")
    page.get_by_label("Day of the decision").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Save the draft").press("Enter")
    page.get_by_role("link", name="Say why not").focus()
    page.keyboard.press("Enter")
    assert axe(page) == []
    page.get_by_label("Why the decision goes against the rule").fill("They cost nothing more.")
    page.get_by_label("Other opinion (1)").fill("The rule was clear.")
    page.get_by_role("button", name="Save the draft").press("Enter")
    page.get_by_role("link", name="Publish…").press("Enter")
    page.get_by_label("Nothing: the decision is only recorded").check()
    page.get_by_role("button", name="Publish").press("Enter")
    page.get_by_text("The decision goes against the rule").wait_for()
    page.get_by_role("link", name="Record a follow-up").press("Enter")
    page.get_by_label("in use", exact=True).check()
    page.get_by_label("What you found").fill("Seen in all halls")
    page.get_by_label("Where this comes from").fill("A visit")
    assert axe(page) == []
    page.get_by_role("button", name="Record the follow-up").press("Enter")
    page.get_by_text("Seen in all halls").wait_for()
    decision = Decision.objects.get()
    assert (decision.use, decision.goes_against_rule) == ("in_use", True)
    assert axe(page) == []


def test_the_portfolio_without_a_script_at_320_px(open_page, axe, experiment):
    person = person_with(Role.COORDINATOR)
    page = open_page("/portfolio/", width=320, javascript=False)
    page.get_by_role("link", name="Measured").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#lane-measured")
    page.get_by_role("link", name="Pilots and what was learned").click()
    page.get_by_role("heading", name="Videos").wait_for()
    faults = {}
    for language in ("en", "fi", "sv"):
        for path in (
            "/portfolio/",
            "/portfolio/pilots/",
            "/portfolio/figures/",
            "/portfolio/places/",
            f"/portfolio/report/{timezone.localdate().year}/",
            "/me/notices/waiting/",
            "/me/notices/follows/",
            "/me/notices/settings/",
            f"/me/notices/told/experiments.experiment/{experiment.pk}/",
            f"/decisions/money/{experiment.slug}/",
        ):
            opened = open_page(path, language=language, user=person, width=320)
            faults[language, path] = axe(opened)
            wide = opened.evaluate("document.documentElement.scrollWidth")
            if wide > 320:
                faults[language, path] = [f"{wide} px wide"]
    assert {key: found for key, found in faults.items() if found} == {}
