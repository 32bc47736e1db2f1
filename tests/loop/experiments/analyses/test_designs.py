"""Each design from its page to published evidence, and again by one command."""

import hashlib
import json

import pytest
from django.utils import timezone
from tests.loop.experiments.analyses import journeys

from vuoksi.base.people.models import Role
from vuoksi.lib import canonical
from vuoksi.loop.experiments.analyses.actions import forget_unit
from vuoksi.loop.experiments.analyses.engine.tasks import solve_text
from vuoksi.loop.experiments.measurements.actions import forget_unit as forget_measured
from vuoksi.loop.experiments.plans.queries import grouping_of, units_of

pytestmark = pytest.mark.django_db

LEVELS = {
    "before_after_paired": 1,
    "before_after": 1,
    "two_groups": 4,
    "shares": 1,
    "counts": 1,
    "paired_counts": 1,
    "count_series": 2,
    "matched_pairs": 2,
    "difference_in_differences": 3,
    "interrupted_time_series": 2,
    "stepped_wedge": 3,
}
EFFECTS = {"shares": 0.4, "counts": 60, "paired_counts": 60, "count_series": 60}


def told(client, name):
    """Walk the whole way; give the experiment and its page."""
    row = journeys.planned(name)
    address = row.get_absolute_url()
    asked = {"effect": 2, "power": "0.8", **journeys.DESIGNS[name][1]}
    computed = client.post(f"{address}sample-size/", asked)
    assert computed.status_code == 302, computed.context["form"].errors
    units = []
    if name in journeys.LISTS:
        more = {"steps": 3} if name == "stepped_wedge" else {}
        seed = {} if name == "matched_pairs" else {"seed": 7}
        journeys.divide(client, address, journeys.LISTS[name], **seed, **more)
        units = list(units_of(grouping_of(row)).select_related("grouping"))
    journeys.start(client, address)
    journeys.send(client, address, journeys.values_of(name, units))
    return row, journeys.finish(client, address)


@pytest.mark.parametrize("name", list(journeys.DESIGNS))
def test_from_the_plan_to_evidence_and_again_by_one_command(client, client_as, name):
    row, page = told(client_as(Role.COORDINATOR), name)
    (one,) = page.context["evidence"]
    evidence, wanted = one["row"], EFFECTS.get(name, 4)
    assert evidence.low < wanted < evidence.high
    assert (evidence.finding, evidence.level) == ("better", LEVELS[name])
    assert all(chart.table.rows for chart in page.context["shown"].charts)
    answer = json.loads(
        solve_text(client.get(f"{row.get_absolute_url()}bundle.json").content.decode())
    )
    assert [(part["name"], part["different"]) for part in answer["parts"]] == [
        (part["name"], []) for part in answer["parts"]
    ]
    assert answer["same"]


def test_another_figure_is_not_the_same(client, client_as):
    row, _page = told(client_as(Role.COORDINATOR), "before_after_paired")
    bundle = client.get(f"{row.get_absolute_url()}bundle.json").json()
    (part,) = [one for one in bundle["parts"] if one["name"] == "measure"]
    part["stated"]["effect"] += 0.1
    answer = json.loads(solve_text(json.dumps(bundle)))
    assert [part["different"] for part in answer["parts"] if not part["same"]] == [["effect"]]
    part["stated"]["effect"] -= 0.1
    bundle["plan"] += " "
    assert seen(bundle) == (False, False, True, [])


def seen(bundle):
    answer = json.loads(solve_text(json.dumps(bundle)))
    names = ("same", "plan_digest_holds", "data_digest_holds", "other_than_planned")
    return tuple(answer[name] for name in names)


@pytest.mark.parametrize("name", ["before_after_paired", "interrupted_time_series"])
def test_other_values_or_another_rule_than_planned_are_found_out(client, client_as, name):
    row, _page = told(client_as(Role.COORDINATOR), name)
    bundle = client.get(f"{row.get_absolute_url()}bundle.json").json()
    (part,) = [one for one in bundle["parts"] if one["name"] == "measure"]
    assert seen(bundle) == (True, True, True, [])
    # Figures that would fit the changed values, so that nothing but the digest tells.
    del part["stated"]
    part["given"]["rows"][0][3] += 0.001
    assert seen(bundle) == (False, True, False, [])
    part["given"]["rows"][0][3] -= 0.001
    bundle["data_digest"] = canonical.digest(part["given"]["rows"])
    part["given"]["setting"] |= {"minimum_effect": 0.1, "better": "down"}
    assert seen(bundle) == (False, True, True, ["better", "minimum_effect"])


def test_the_drawn_groups_are_fixed_checked_and_published(client, client_as):
    lead = client_as(Role.COORDINATOR)
    row = journeys.planned("two_groups")
    address = row.get_absolute_url()
    page = lead.get(f"{address}start/")
    assert [one.code for one in page.context["obstacles"]] == ["groups"]
    journeys.divide(lead, address, journeys.LISTS["two_groups"], seed=7)
    first = grouping_of(row)
    assert client.get(f"{address}groups/").status_code == 404
    again = lead.post(f"{address}groups/new/", {"pasted": journeys.LISTS["two_groups"], "seed": 8})
    assert list(again.context["form"].errors) == ["reason"]
    journeys.divide(
        lead, address, journeys.LISTS["two_groups"], seed=8, reason="Two had moved away."
    )
    journeys.start(lead, address)
    page = client.get(f"{address}groups/")
    assert [one.pk for one in page.context["earlier"]] == [first.pk]
    file = client.get(f"{address}groups.json")
    assert hashlib.sha256(file.content).hexdigest() == grouping_of(row).digest
    plan = client.get(f"{address}plan.json").json()
    assert plan["groups"]["digest"] == grouping_of(row).digest
    assert (plan["groups"]["seed"], plan["groups"]["made_before"]) == (8, 1)
    arms = dict(units_of(grouping_of(row)).values_list("code", "arm"))
    other = {"control": "treatment", "treatment": "control"}[arms["u-1"]]
    file = journeys.SimpleUploadedFile(
        "a.csv", f"arm,unit,day,value\n{other},u-1,2026-06-02,3\ncontrol,u-99,2026-06-02,3".encode()
    )
    page = lead.post(f"{address}measurements/import/", {"file": file})
    assert [fault.words for fault in page.context["faults"]] == [
        "“u-1” stands in the other group of the plan.",
        "“u-99” does not stand in the groups of the plan.",
    ]


def test_strata_are_divided_evenly(client_as):
    row = journeys.planned("two_groups")
    journeys.divide(
        client_as(Role.STAFF), row.get_absolute_url(), journeys.LISTS["two_groups"], seed=3
    )
    found = units_of(grouping_of(row)).values_list("stratum", "arm")
    counts = {key: list(found).count(key) for key in found}
    assert counts == {
        (stratum, arm): 6 for stratum in ("north", "south") for arm in ("control", "treatment")
    }


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("two_groups", "unit\nMary Smith\nu-2", "looks_personal"),
        ("two_groups", "unit\nu-1\nu-1", "repeated"),
        ("two_groups", "unit,size\nu-1,big\nu-2,3", "not_a_number"),
        ("two_groups", "name\nu-1", "missing_column"),
    ],
)
def test_a_list_that_cannot_stand(client_as, name, text, words):
    row = journeys.planned(name)
    page = client_as(Role.STAFF).post(f"{row.get_absolute_url()}groups/new/", {"pasted": text})
    assert words in [error.code for error in page.context["form"].table_errors]
    assert grouping_of(row) is None


@pytest.mark.parametrize(
    ("name", "text", "more", "said"),
    [
        ("two_groups", "unit\nu-1", {}, "There are too few units"),
        ("matched_pairs", "unit,group\nu-1,control\nu-2,treatment", {}, "Units are matched by"),
        ("matched_pairs", "unit,size\nu-1,3\nu-2,3", {}, "Each unit needs its group"),
        ("stepped_wedge", "unit\ns-1\ns-2", {"steps": 3}, "There are too few units"),
    ],
)
def test_a_list_that_cannot_be_divided(client_as, name, text, more, said):
    row = journeys.planned(name)
    page = journeys.divide(client_as(Role.STAFF), row.get_absolute_url(), text, **more)
    assert page.context["form"].non_field_errors()[0].startswith(said)
    assert grouping_of(row) is None


def test_a_withdrawal_is_said_where_the_digest_of_the_groups_is_shown(client, client_as):
    lead = client_as(Role.COORDINATOR)
    row, page = told(lead, "two_groups")
    assert page.context["has_lost_units"] is False
    fixed = grouping_of(row).digest
    for code in ("u-3", "u-4"):
        forget_unit(experiment=row, code=code, new_code=None, at=timezone.now())
        forget_measured(experiment=row, code=code, new_code=None, at=timezone.now())
    address = row.get_absolute_url()
    for path in ("", "groups/"):
        page = client.get(f"{address}{path}")
        assert page.context["has_lost_units"] is True
        words = page.content.decode()
        assert ("Somebody in these groups has withdrawn" in words, fixed in words) == (True, True)
    shown = client.get(address).context["shown"]
    assert (shown.is_withdrawn, [chart.kind for chart in shown.charts]) == (True, ["interval"])
    file = client.get(f"{address}groups.json").content.decode()
    assert ("u-3" in file, "u-5" in file) == (False, True)
    # Without the two the effect is another one. What was drawn with them is told, and not drawn again.
    lead.post(f"{address}analyse/")
    answer = json.loads(solve_text(client.get(f"{address}bundle.json").content.decode()))
    assert answer["same"]
    assert [part["name"] for part in answer["parts"]] == ["sample_size", "measure", "grade"]
