"""Scores of surveys find the arm that the plan's design has for them."""

from datetime import timedelta

import pytest
from tests.factories.participants import NOW, RecruitmentFactory, SurveyFactory, joined
from tests.factories.people import person_with

from vuoksi.base.people.models import Role
from vuoksi.lib import canonical
from vuoksi.loop.experiments.analyses.queries import data_of, problem_of
from vuoksi.loop.experiments.measurements.actions import pull_scores
from vuoksi.loop.experiments.measurements.queries import digest_of_changes, score_changes
from vuoksi.loop.experiments.participants.actions import save_answers
from vuoksi.loop.experiments.participants.queries import measurable
from vuoksi.loop.experiments.plans.models import Grouping, ListedUnit

pytestmark = pytest.mark.django_db
BEFORE, FIRST_DAY = NOW - timedelta(days=9), (NOW - timedelta(days=5)).date()


def recruited(design, *, people=4, switch_on=FIRST_DAY):
    """A running experiment whose participants answered before (1, 2, …) and after (3, 4, …)."""
    recruitment = RecruitmentFactory(
        capacity=people,
        experiment__design=design,
        experiment__assignment="chance",
        experiment__switch_on=switch_on,
        experiment__period="month",
    )
    rows = [joined(recruitment) for _ in range(people)]
    for moment, at, first in (("before", BEFORE, 1), ("after", NOW, 3)):
        survey = SurveyFactory(recruitment=recruitment, moment=moment)
        for n, row in enumerate(rows):
            answers = {str(survey.items.get().pk): first + n % 3}
            save_answers(survey=survey, participant=row, answers=answers, is_sent=True, at=at)
    return recruitment.experiment, rows


def divided(experiment, rows):
    """Every second one gets the trial."""
    grouping = Grouping.objects.create(
        experiment=experiment, method="listed", algorithm="As listed", text="{}",
        digest=canonical.digest_of_text("{}"), at=NOW,
    )  # fmt: skip
    arms = {row.code: ("control", "treatment")[n % 2] for n, row in enumerate(rows)}
    ListedUnit.objects.bulk_create(
        ListedUnit(grouping=grouping, code=code, arm=arm) for code, arm in arms.items()
    )
    return arms


def placed(experiment):
    scores = score_changes(experiment, "own")
    found = [
        (change.sent.arm, change.sent.unit_code, change.sent.value) for change in scores.changes
    ]
    return sorted(found), scores.left_out


def test_two_groups_take_the_scores_before_as_starting_values():
    experiment, rows = recruited("two_groups")
    arms = divided(experiment, rows)
    scores = score_changes(experiment, "own")
    digest = digest_of_changes(scores.changes)
    batch = pull_scores(
        experiment=experiment, scale="own", digest=digest, by=person_with(Role.STAFF), at=NOW
    )
    assert (batch.count, scores.left_out) == (8, {})
    problem = problem_of(experiment, data_of(experiment))
    of_unit = {rows[n].code: (1.0 + n % 3, 3.0 + n % 3) for n in range(4)}
    control = sorted(code for code in arms if arms[code] == "control")
    assert problem.baseline_reference == tuple(of_unit[code][0] for code in control)
    assert problem.reference == tuple(of_unit[code][1] for code in control)


@pytest.mark.parametrize(
    ("design", "scales"),
    [
        ("two_groups", ["own"]),
        ("matched_pairs", ["own"]),
        ("before_after_paired", []),
        ("difference_in_differences", []),
    ],
)
def test_groups_can_be_compared_by_what_was_asked_after_the_trial_alone(design, scales):
    recruitment = RecruitmentFactory(experiment__design=design)
    SurveyFactory(recruitment=recruitment, moment="before").items.all().delete()
    assert measurable(recruitment) == []
    SurveyFactory(recruitment=recruitment, moment="after")
    assert measurable(recruitment) == scales


@pytest.mark.parametrize("design", ["two_groups", "matched_pairs"])
def test_without_a_first_day_only_the_scores_after_count(design):
    experiment, rows = recruited(design, people=2, switch_on=None)
    arms = divided(experiment, rows)
    wanted = sorted((arms[row.code], row.code, 3.0 + n) for n, row in enumerate(rows))
    assert placed(experiment) == (wanted, {"no_place": 2})


def test_a_difference_in_differences_takes_both():
    experiment, rows = recruited("difference_in_differences", people=2)
    arms = divided(experiment, rows)
    wanted = [(arms[row.code], row.code, 1.0 + n) for n, row in enumerate(rows)]
    wanted += [(arms[row.code], row.code, 3.0 + n) for n, row in enumerate(rows)]
    assert placed(experiment) == (sorted(wanted), {})


def test_who_stands_in_no_group_is_left_out_and_counted():
    experiment, rows = recruited("two_groups", people=2)
    divided(experiment, rows[:1])
    code = rows[0].code
    wanted = [("control", code, 1.0), ("control", code, 3.0)]
    assert placed(experiment) == (wanted, {"not_listed": 2})


def test_answers_on_the_wrong_side_of_the_start_are_left_out():
    experiment, rows = recruited("two_groups", people=2, switch_on=BEFORE.date())
    arms = divided(experiment, rows)
    wanted = sorted((arms[row.code], row.code, 3.0 + n) for n, row in enumerate(rows))
    assert placed(experiment) == (wanted, {"wrong_side": 2})


@pytest.mark.parametrize("design", ["interrupted_time_series", "stepped_wedge"])
def test_surveys_have_no_place_in_a_series_or_a_wedge(design):
    experiment, rows = recruited(design, people=1)
    divided(experiment, rows)
    assert placed(experiment) == ([], {"no_place": 2})


def test_the_page_says_what_is_left_out_and_why(client_as):
    experiment, rows = recruited("two_groups", people=3, switch_on=None)
    divided(experiment, rows[:2])
    page = client_as(Role.STAFF).get(f"{experiment.get_absolute_url()}measurements/surveys/own/")
    assert (page.context["added"], page.context["faults"]) == (2, [])
    assert page.context["left_out"] == [
        "1 score is left out: its code stands in none of the groups.",
        "3 scores are left out: the design of the plan has no place for answers of this survey.",
    ]
