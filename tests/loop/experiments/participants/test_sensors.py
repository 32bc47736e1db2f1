"""A sensor that measures somebody who takes part: what it saw goes with them, and it is heard no more."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from tests.factories.participants import NOW, RecruitmentFactory, joined
from tests.factories.people import UserFactory, person_with
from tests.factories.sensing import DatastreamFactory
from tests.loop.experiments.measurements.test_sensing import observe

from vuoksi.base.people.models import Role
from vuoksi.base.privacy.queries import write_archive
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


def test_what_sensors_saw_of_a_person_is_in_the_copy_of_all_about_them():
    recruitment, me, staff = RecruitmentFactory(), UserFactory(), person_with(Role.STAFF)
    experiment = recruitment.experiment
    mine, other = joined(recruitment, user=me), joined(recruitment)
    stream = DatastreamFactory(experiment=experiment, arm="after", unit_code=mine.code)
    theirs = DatastreamFactory(experiment=experiment, arm="after", unit_code=other.code)
    observe(stream, staff, (1, 4.0), (0, 2.5))
    observe(theirs, staff, (0, 99.0))
    out = BytesIO()
    write_archive(me, out, lambda share: None)
    archive = ZipFile(out)
    name = f"observations-{experiment.slug}-{stream.pk}.csv"
    assert [each for each in archive.namelist() if each.startswith("observations")] == [name]
    assert archive.read(name).decode().splitlines() == [
        "start,end,result,other,more",
        "2026-05-04T12:00:00+00:00,,2.5,,",
        "2026-05-04T13:00:00+00:00,,4.0,,",
    ]
    assert all(name in archive.read(page).decode() for page in ("README.txt", "README.html"))
