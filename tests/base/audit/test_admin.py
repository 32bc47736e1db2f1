from datetime import UTC, datetime

import pytest

from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory
from vuoksi.base.audit.actions import record
from vuoksi.base.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LIST = "/admin/audit/auditentry/"


@pytest.fixture
def superuser(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def entry():
    return record(actor=None, verb="test.visit", thing=OrganisationFactory(), at=AT)


def test_the_admin_shows(superuser, entry):
    assert b"test.visit" in superuser.get(LIST).content
    assert superuser.get(f"{LIST}{entry.pk}/change/").status_code == 200


@pytest.mark.parametrize("page", ["add/", "{pk}/change/", "{pk}/delete/"])
def test_the_admin_refuses_to_change(superuser, entry, page):
    response = superuser.post(LIST + page.format(pk=entry.pk), {"verb": "forged", "post": "yes"})

    assert response.status_code == 403
    assert AuditEntry.objects.get().verb == "test.visit"


def test_the_admin_runs_no_action_on_rows(superuser, entry):
    superuser.post(
        LIST, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
    )

    assert AuditEntry.objects.get() == entry
