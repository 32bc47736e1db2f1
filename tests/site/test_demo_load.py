"""The demo city as it stands in the database."""

from collections import Counter
from datetime import date

import pytest
from django.apps import apps
from django.test import Client

from vuoksi.base.moderation.queries import decided_cases
from vuoksi.base.people.models import User
from vuoksi.loop.calls import rules
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.calls.queries import waiting_entries
from vuoksi.site.demo import load
from vuoksi.site.demo.people import ACCOUNTS
from vuoksi.site.demo_data import read
from vuoksi.strategy.models import Target
from vuoksi.strategy.queries import target_verdicts

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def count_of_everything():
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def account(role):
    return User.objects.get(email=next(a.email for a in ACCOUNTS if a.role.value == role))


def target(indicator):
    return Target.objects.get(indicator__key=indicator)


def test_the_demo_city():
    """One test, because loading takes seconds: twice the same, and what its people and figures are good for."""
    load.everything()
    first = count_of_everything()
    load.everything()
    assert count_of_everything() == first

    _reviewer_and_coordinator_can_answer_every_idea()
    _a_baseline_of_another_inventory_judges_nothing()
    _what_is_asked_seldom_stays_fresh_longer()
    _the_moderation_log_tells_two_stories_without_a_name()


def _reviewer_and_coordinator_can_answer_every_idea():
    waiting = Counter(entry.call_id for entry in Entry.objects.filter(state="submitted"))
    for role in ("reviewer", "coordinator"):
        person = account(role)
        assert Counter(entry.call_id for entry in waiting_entries(person)) == waiting
        answerable = Entry.objects.filter(state__in=rules.PUBLIC_ENTRIES)
        assert [e for e in answerable if not rules.may_answer(person, rules.Held(e))] == []
    assert sum(waiting.values()) == 3


def _a_baseline_of_another_inventory_judges_nothing():
    (view,) = target_verdicts([target("espoo.ghg_per_capita")], TODAY)

    assert (view.verdict.state, view.verdict.reason) == ("too_little_data", "no_baseline")
    assert view.latest.value == 2.2


def _what_is_asked_seldom_stays_fresh_longer():
    days = {
        key: target(key).stale_after_days
        for key in (
            "espoo.solar_systems",
            "espoo.quality_of_life",
            "espoo.pro_environmental_identity",
            "espoo.municipal_turnout",
            "espoo.sustainable_mode_share",
        )
    }
    assert list(days.values()) == [1096, 1462, 2194, 2194, 2926]


def _the_moderation_log_tells_two_stories_without_a_name():
    found = decided_cases().order_by("pk")
    assert [(row.origin, row.outcome, row.reason, row.appeal_outcome) for row in found] == [
        ("report", "hide", "insult", "mend"),
        ("mended", "keep", "fine", None),
        ("report", "keep", "fine", None),
    ]
    assert {row.is_demo for row in found} == {True}
    first = found[0]
    assert [row.by.name for row in first.decisions.order_by("at")] == ["Mirja Demo", "Oskar Demo"]
    page = Client().get("/moderation/")
    assert page.status_code == 200
    assert [name for name in ("Kalle", "Amina", "Mirja", "Oskar") if name in page.text] == []
    assert (first.thing.visibility, first.thing.text) == (
        "shown",
        "Kokeita ei tarvita. Kieltä oppii, kun saa puhua.",
    )


def test_a_baseline_with_a_method_names_one_that_its_indicator_has():
    methods = {(row.indicator, row.method) for row in read.observations()}
    named = {(t.indicator, t.baseline_method) for t in read.targets() if t.baseline_method}

    assert named == {("espoo.ghg_per_capita", "HSY, older inventory before the revision")}
    assert named - methods == set()
