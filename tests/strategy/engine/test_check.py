from dataclasses import replace
from datetime import date

import pytest

from vuoksi.strategy.engine import Baseline, Observation, Target, Verdict, judge, violations

TODAY = date(2026, 6, 30)
SEEN = [Observation(date(2024, 12, 31), 47), Observation(date(2025, 12, 31), 49.5, 48, 51)]
TARGET = Target(60, "at_least", date(2030, 12, 31), Baseline(40, date(2020, 12, 31)))
RIGHT = judge(TARGET, SEEN, today=TODAY)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ()),
        ({"state": "off_track"}, ("state off_track, expected on_track",)),
        ({"judged": SEEN[0]}, (
            "another observation decides",
            "the gap is not the distance to the target",
            "certainty does not follow from the interval",
            "the projection is not on the line through baseline and figure",
        )),
        ({"gap": None}, ("the gap is not the distance to the target",)),
        ({"gap": -10.5}, ("the gap is not the distance to the target",)),
        ({"certain": True}, ("certainty does not follow from the interval",)),
        ({"projected": 60.0}, ("the projection is not on the line through baseline and figure",)),
    ],
)  # fmt: skip
def test_a_wrong_verdict_is_found_out(changes, expected):
    assert violations(TARGET, SEEN, TODAY, replace(RIGHT, **changes)) == expected


def test_a_verdict_out_of_nothing_is_found_out():
    verdict = Verdict("too_little_data", "stale", latest=SEEN[0], judged=SEEN[0])
    assert violations(TARGET, SEEN, TODAY, verdict) == (
        "state too_little_data, expected on_track",
        "an observation decides where there is no verdict",
    )
    silent = Verdict("no_target", "no_target_set", latest=SEEN[0])
    assert violations(Target(None), SEEN, TODAY, silent) == (
        "the latest observation is not the newest",
    )
