"""A sensor that measures somebody who takes part: what it saw goes with them, and it is heard no more."""

import pytest
from tests.factories.participants import NOW, RecruitmentFactory, joined
from tests.factories.people import person_with
from tests.factories.sensing import DatastreamFactory
from tests.loop.experiments.measurements.test_sensing import observe

from vuoksi.base.people.models import Role
from vuoksi.loop.experiments.analyses.queries import data_of
from vuoksi.loop.experiments.measurements.refusals import NotAgreed
from vuoksi.loop.experiments.participants import actions

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("promise", "days_left"), [("erase", 0), ("keep", 1)])
def test_what_a_sensor_saw_is_treated_as_promised(promise, days_left):
    recruitment = RecruitmentFactory(consent__on_withdrawal=promise)
    row, staff = joined(recruitment), person_with(Role.STAFF)
    stream = DatastreamFactory(experiment=recruitment.experiment, arm="after", unit_code=row.code)
    observe(stream, staff, (0, 2.0), (1, 4.0))
    assert data_of(recruitment.experiment) == [("after", row.code, "2026-05-04", 3.0)]
    actions.withdraw(participant=row, at=NOW)
    left = data_of(recruitment.experiment)
    assert len(left) == days_left
    assert row.code not in {unit for _arm, unit, _day, _value in left}
    with pytest.raises(NotAgreed):
        observe(stream, staff, (2, 9.0))
    assert data_of(recruitment.experiment) == left
