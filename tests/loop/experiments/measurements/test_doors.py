"""CSV and API: what is wrong is said where it stands, and nothing is half taken in."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook
from tests.factories.experiments import ExperimentFactory, measured
from tests.factories.people import person_with

from vuoksi.base.people.actions import create_token
from vuoksi.base.people.models import Role
from vuoksi.base.people.tokens import new_secret
from vuoksi.loop.experiments.measurements.forms import MeasurementsForm
from vuoksi.loop.experiments.measurements.models import Measurement
from vuoksi.loop.experiments.measurements.views import _take_in

pytestmark = pytest.mark.django_db

HEADER = "arm;unit;day;value"


def csv(*lines):
    return SimpleUploadedFile("values.csv", "\n".join([HEADER, *lines]).encode())


def upload(client, experiment, *lines):
    return send_file(client, experiment, csv(*lines).read())


def send_file(client, experiment, content):
    address = f"/experiments/{experiment.slug}/measurements/import/"
    return client.post(address, {"file": SimpleUploadedFile("values.csv", content)})


def rows(count):
    return [f"before;g-{n};2026-04-02;{n},5" for n in range(count)]


def test_a_file_is_shown_before_it_is_taken_in(client_as):
    client, experiment = client_as(Role.STAFF), ExperimentFactory(state="running")
    page = upload(client, experiment, *rows(2))
    assert [change.effect for change in page.context["changes"]] == ["new", "new"]
    assert Measurement.objects.count() == 0
    confirmed = {name: page.context[name] for name in ("content", "digest")}
    address = f"/experiments/{experiment.slug}/measurements/import/"
    assert client.post(address, confirmed).status_code == 302
    assert sorted(Measurement.objects.values_list("unit_code", "value")) == [
        ("g-0", 0.5),
        ("g-1", 1.5),
    ]
    again = client.post(address, confirmed)
    assert (again.status_code, again.context["is_outdated"], again.context["added"]) == (
        200,
        True,
        0,
    )


def test_a_workbook_is_taken_in_as_a_file_of_text_is(client_as):
    client, experiment = client_as(Role.STAFF), ExperimentFactory(state="running")
    address = f"/experiments/{experiment.slug}/measurements/import/"
    book = Workbook()
    for row in (HEADER.split(";"), ["before", "g-1", date(2026, 4, 2), 1.5]):
        book.active.append(row)
    content = BytesIO()
    book.save(content)

    page = client.post(address, {"file": SimpleUploadedFile("values.xlsx", content.getvalue())})
    assert Measurement.objects.count() == 0
    done = client.post(address, {name: page.context[name] for name in ("content", "digest")})

    assert done.status_code == 302
    assert list(Measurement.objects.values_list("arm", "unit_code", "measured_on", "value")) == [
        ("before", "g-1", date(2026, 4, 2), 1.5)
    ]


def test_what_came_between_the_check_and_the_taking_in_is_said_of_its_line(rf):
    """Somebody else's value for the same unit and day arrives when the file was already found right."""
    experiment = ExperimentFactory(state="running")
    request = rf.post("/")
    request.user = person_with(Role.STAFF)
    files = {"file": csv(*rows(1), "before;group-0;2026-04-02;99")}
    form = MeasurementsForm({}, files, experiment=experiment, today=date(2026, 5, 4))
    assert form.is_valid()
    measured(experiment, [1])
    assert not _take_in(request, experiment, form)
    assert [(one.line, one.code) for one in form.table_errors] == [(3, "differs")]
    assert list(form.errors) == ["file"]


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        (
            "before;g-99;yesterday;1",
            "day",
            "“yesterday” is not a date. Write 2026-05-31 or 31.5.2026.",
        ),
        ("before;g-99;2.4.2026;many", "value", "“many” is not a number."),
        (
            "control;g-99;2.4.2026;1",
            "arm",
            "“control” is not one of the values that this column knows.",
        ),
        (
            "before;Maija Meikäläinen;2.4.2026;1",
            "unit",
            "“Maija Meikäläinen” may be a person's name, address or number. Write a code with a digit in it, such as group-01.",
        ),
        ("before;g-0;2.4.2026;7", "unit", "The same stands on line 2 already."),
    ],
)
def test_what_is_wrong_on_line_17_is_said_of_line_17(client_as, line, column, words):
    client, experiment = client_as(Role.STAFF), ExperimentFactory(state="running")
    page = upload(client, experiment, *rows(15), line)
    faults = [(one.line, one.column, one.words) for one in page.context["faults"]]
    assert faults == [(17, column, words)]
    assert Measurement.objects.count() == 0


FINNISH = "arm;unit;day;value\r\nbefore;g-ä1;2.4.2026;1 234,5\r\n"


@pytest.mark.parametrize(
    "content",
    [
        FINNISH.encode("utf-8-sig"),
        FINNISH.encode("cp1252"),
        FINNISH.encode("utf-16"),
        FINNISH.replace(";", "\t").encode(),
        FINNISH.replace(",", ".").replace(";", ",").encode(),
    ],
)
def test_a_file_is_read_as_spreadsheets_write_it(client_as, content):
    """With a mark before it, in the letters of Windows, with tabs, with a decimal comma or point."""
    client, experiment = client_as(Role.STAFF), ExperimentFactory(state="running")
    page = send_file(client, experiment, content)
    assert [(one.sent.unit_code, one.sent.measured_on, one.sent.value) for one in page.context["changes"]] == [
        ("g-ä1", date(2026, 4, 2), 1234.5)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b" \n", 1, "The file is empty."),
        (b"arm;unit;day;value\n", 1, "The file has a header and no rows."),
        (b"arm;unit;day\nbefore;g-1;2.4.2026\n", 1, "The column value is missing."),
        (b"\xd0\xcf\x11\xe0", 1, "This is a spreadsheet of an old kind, or one with a password. Save it as XLSX or CSV and choose it again."),
        (b"arm;unit;day;value\nbefore;g-1;2.4.2026;1,5\nbefore;g-2;2.4.2026;1.5\n", 3, "\u201c1.5\u201d has another decimal mark than the rows before it."),
        (b"arm;unit;day;value\nbefore;g-1;2.4.2999;1\n", 2, "The day 2999-04-02 has not come yet."),
        (b"arm;unit;day;value\nbefore;g-1;2.4.2026;1 %\n", 2, "\u201c1 %\u201d is not a number."),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why_and_where(client_as, content, line, words):
    client, experiment = client_as(Role.STAFF), ExperimentFactory(state="running")
    page = send_file(client, experiment, content)
    assert [(one.line, one.words) for one in page.context["faults"]] == [(line, words)]
    assert Measurement.objects.count() == 0


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"content": ""}, "Choose a file."),
        ({"file": SimpleUploadedFile("v.csv", b"x" * 1_000_001)}, "The file is larger than 1 MB."),
        ({"content": "no base64!"}, "Choose the file again."),
    ],
)
def test_a_file_that_is_none_or_too_large_is_said(client_as, files, words):
    client, experiment = client_as(Role.STAFF), ExperimentFactory(state="running")
    page = client.post(f"/experiments/{experiment.slug}/measurements/import/", files)
    assert page.context["form"].errors["file"] == [words]


def test_a_value_that_contradicts_an_earlier_one_is_refused(client_as):
    client, experiment = client_as(Role.STAFF), ExperimentFactory(state="running")
    measured(experiment, [1, 2])
    page = upload(client, experiment, "before;group-0;2026-04-02;99")
    assert [one.words for one in page.context["faults"]] == [
        "Another value, 10.0, was sent in before for this unit and day."
    ]


def test_residents_upload_nothing(client_as):
    experiment = ExperimentFactory(state="running")
    assert upload(client_as(), experiment, *rows(1)).status_code == 403


def test_a_batch_is_taken_back_after_a_question(client_as):
    client, experiment = client_as(Role.STAFF), ExperimentFactory(state="running")
    batch = measured(experiment, [1, 2])
    address = f"/experiments/{experiment.slug}/measurements/{batch.pk}/withdraw/"
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    assert Measurement.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_values(client, query_count, count):
    experiment = ExperimentFactory(state="running")
    measured(experiment, [1] * count)
    with query_count() as counted:
        page = client.get(f"/experiments/{experiment.slug}/measurements/")
    assert len(page.context["table"].rows) == 2 * count
    assert len(counted) == 7
    shown = client.get(f"/experiments/{experiment.slug}/measurements/?format=csv")
    assert b"group-0" in b"".join(shown.streaming_content)


@pytest.fixture
def send(client):
    """A program that sends values for a person with these roles."""

    def with_token(experiment, values, *, roles=(Role.STAFF,), scopes=("measurements:write",)):
        secret, now = new_secret(), timezone.now()
        create_token(
            user=person_with(*roles),
            name="meter",
            scopes=scopes,
            secret=secret,
            expires_at=now + timedelta(days=1),
            at=now,
        )
        return client.post(
            f"/api/experiments/{experiment.slug}/measurements",
            {"measurements": values},
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )

    return with_token


def value(**changes):
    return {"arm": "before", "unit": "g-1", "day": "2026-04-02", "value": 2.5, **changes}


def test_a_program_sends_a_batch_and_may_send_it_again(send):
    experiment = ExperimentFactory(state="running")
    values = [value(), value(unit="g-2")]
    first, again = send(experiment, values), send(experiment, values)
    assert (first.status_code, first.json()["added"]) == (200, 2)
    assert first.json() == again.json()
    assert Measurement.objects.count() == 2


def test_a_program_is_told_what_is_wrong_and_where(send):
    experiment = ExperimentFactory(state="running")
    answer = send(experiment, [value(), value(unit="maija@example.org")])
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {
            "field": "measurements.1.unit",
            "message": "“maija@example.org” may be a person's name, address or number."
            " Write a code with a digit in it, such as group-01.",
        }
    ]
    assert Measurement.objects.count() == 0


@pytest.mark.parametrize(
    ("more", "state", "status"),
    [
        ({"roles": ()}, "running", 403),
        ({"scopes": ("read",)}, "running", 403),
        ({}, "decided", 403),
        ({}, "draft", 404),
    ],
)
def test_programs_have_their_person_s_rights_and_no_more(send, more, state, status):
    experiment = ExperimentFactory(state=state)
    assert send(experiment, [value()], **more).status_code == status


def test_without_a_token_nothing_is_sent(client):
    experiment = ExperimentFactory(state="running")
    address = f"/api/experiments/{experiment.slug}/measurements"
    answer = client.post(address, {"measurements": [value()]}, content_type="application/json")
    assert answer.status_code == 401
