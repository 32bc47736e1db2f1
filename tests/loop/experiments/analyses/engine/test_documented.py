"""The problems of docs/how-to/compute-by-one-command.md, by the command's own door."""

import json
import re
from pathlib import Path

import pytest

from vuoksi.loop.experiments.analyses.engine.tasks import TASKS, solve_text

PAGE = Path(__file__).parents[5] / "docs" / "how-to" / "compute-by-one-command.md"
PROBLEMS = re.findall(r"```json\n(.*?)```", PAGE.read_text(), re.DOTALL)


def answer_to(words):
    (text,) = (text for text in PROBLEMS if words in text)
    return json.loads(solve_text(text))


@pytest.mark.parametrize("text", PROBLEMS)
def test_every_documented_problem_has_an_answer(text):
    answer = json.loads(solve_text(text))
    assert answer
    if "task" not in json.loads(text):
        assert answer["interval"]["low"] < answer["effect"] < answer["interval"]["high"]


def test_every_task_is_documented():
    named = set(re.findall(r'"task": "(\w+)"', PAGE.read_text()))
    assert set(TASKS) - named == {"peeking", "bundle"}


def interval_in(answer):
    return answer["interval"]["low"], answer["interval"]["high"]


def test_the_sleep_data_as_published():
    # R's documentation of t.test with extra ~ group of the data set sleep.
    answer = answer_to("before_after_paired")
    assert answer["effect"] == pytest.approx(1.58)
    assert interval_in(answer) == pytest.approx((0.7001142, 2.4598858), abs=5e-8)
    assert answer["p_value"] == pytest.approx(0.002833, abs=5e-7)
    problem = {**json.loads(PROBLEMS[0]), "design": "two_groups"}
    welch = json.loads(solve_text(json.dumps(problem)))
    assert interval_in(welch) == pytest.approx((-0.2054832, 3.3654832), abs=5e-8)
    assert welch["p_value"] == pytest.approx(0.07939, abs=5e-6)


def test_the_minimum_wage_as_published():
    answer = answer_to('"error_change": 1.25')
    assert answer["effect"] == pytest.approx(2.75, abs=0.011)
    assert answer["standard_error"] == pytest.approx(1.36, abs=0.005)


def test_few_events_as_published():
    answer = answer_to("17877")
    (ratio,) = (part for part in answer["parts"] if part["code"] == "rate_ratio")
    assert ratio["effect"] == pytest.approx(0.2070941557)


def test_cohens_sample_size_as_published():
    assert answer_to('"design": "two_means"')["needed"] == 64
