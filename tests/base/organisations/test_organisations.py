from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, person_with
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.organisations import actions, rules
from vuoksi.base.organisations.models import Membership, Organisation
from vuoksi.base.people.models import Role

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
FORM = {"name": "Kera Hub", "kind": "company", "website": "", "business_id": "", "source": ""}


@pytest.fixture
def coordinator(client):
    user = person_with(Role.COORDINATOR)
    client.force_login(user)
    return user


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("is_member", [True, False])
def test_permissions(role, is_member):
    user = AnonymousUser() if role is None else person_with(role)
    organisation = OrganisationFactory()
    if is_member and role:
        Membership.objects.create(organisation=organisation, user=user, since=NOW)

    steers = role in {Role.COORDINATOR, Role.ADMINISTRATOR}
    assert rules.may_keep_organisations(user) == steers
    assert rules.may_read_members(user, organisation) == (
        steers or (is_member and role is not None)
    )


def test_who_leaves_the_last_company_loses_its_role():
    user = UserFactory()
    one, two = OrganisationFactory.create_batch(2, kind=Organisation.Kind.COMPANY)
    for organisation in (one, two):
        actions.join(organisation=organisation, user=user, by=None, at=NOW)

    actions.leave(organisation=one, user=user, by=None, at=NOW)
    assert user.role_grants.get().role == Role.COMPANY
    actions.leave(organisation=two, user=user, by=None, at=NOW)
    assert user.role_grants.count() == 0
    actions.leave(organisation=two, user=user, by=None, at=NOW)
    assert AuditEntry.objects.filter(verb="organisations.leave").count() == 2


def test_a_coordinator_adds_an_organisation(client, coordinator):
    client.post(reverse("new_organisation"), {**FORM, "slug": "kera-hub", "version": 1})

    page = client.get(reverse("organisation", args=["kera-hub"]))
    assert page.context["organisation"].name == "Kera Hub"
    assert AuditEntry.objects.get().verb == "organisations.create_organisation"


def test_two_who_edit_are_told_and_lose_nothing(client, coordinator):
    organisation = OrganisationFactory(name="Old name")
    address = reverse("edit_organisation", args=[organisation.slug])

    client.post(address, {**FORM, "name": "First", "version": 1})
    second = client.post(address, {**FORM, "name": "Second", "version": 1})

    assert second.status_code == 409
    assert (b'value="Second"' in second.content, b"First" in second.content) == (True, True)
    organisation.refresh_from_db()
    assert (organisation.name, organisation.version) == ("First", 2)
    assert client.post(address, {**FORM, "name": "Second", "version": 2}).status_code == 302


def test_members_come_and_go(client, coordinator):
    organisation = OrganisationFactory()
    person = UserFactory()
    join = reverse("join_organisation", args=[organisation.slug])

    assert client.post(join, {"email": "nobody@example.org"}).status_code == 422
    client.post(join, {"email": person.email.upper(), "title": "Lead"})
    membership = Membership.objects.get()
    assert (membership.user, membership.title) == (person, "Lead")
    client.post(reverse("leave_organisation", args=[organisation.slug, membership.pk]))
    assert Membership.objects.count() == 0


@pytest.mark.parametrize("name", ["new_organisation", "edit_organisation", "join_organisation"])
def test_residents_change_nothing(client, name):
    client.force_login(UserFactory())
    organisation = OrganisationFactory()
    args = [] if name == "new_organisation" else [organisation.slug]

    assert client.post(reverse(name, args=args), FORM).status_code == 403


def test_members_are_not_shown_to_all(client):
    organisation = OrganisationFactory()
    actions.join(organisation=organisation, user=UserFactory(name="Aino"), by=None, at=NOW)

    assert b"Aino" not in client.get(organisation.get_absolute_url()).content


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_little(client, rows, django_assert_num_queries):
    OrganisationFactory.create_batch(rows)
    with django_assert_num_queries(2):  # count, rows
        page = client.get(reverse("organisations"), {"kind": "city_unit"})
    assert len(page.context["table"].rows) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_api_asks_little(client, rows, django_assert_num_queries):
    OrganisationFactory.create_batch(rows)
    with django_assert_num_queries(2):  # count, rows
        answer = client.get("/api/organisations/", {"kind": "city_unit"}).json()
    assert [row["members"] for row in answer["results"]] == [0] * rows
