import pytest
from django.urls import reverse

from tests.factories.people import UserFactory, person_with
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.people.models import ApiToken, Role, RoleGrant

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    user = person_with(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def test_my_page_changes_name_and_language(client):
    user = UserFactory()
    client.force_login(user)

    response = client.post(reverse("me"), {"name": "Aino", "language": "sv"})

    user.refresh_from_db()
    assert (user.name, user.language) == ("Aino", "sv")
    assert client.cookies["django_language"].value == "sv"
    assert response["Location"] == reverse("me")


def test_my_page_keeps_what_was_typed(client):
    client.force_login(UserFactory())

    response = client.post(reverse("me"), {"name": "Aino", "language": "xx"})

    assert list(response.context["form"].errors) == ["language"]
    assert b'value="Aino"' in response.content


def test_a_token_is_shown_once(client):
    client.force_login(UserFactory())

    page = client.post(reverse("new_token"), {"name": "counter", "scopes": ["read"], "days": "30"})

    secret = page.context["secret"]
    assert secret.encode() in page.content
    assert "no-store" in page["Cache-Control"]
    assert secret.encode() not in client.get(reverse("me")).content
    assert ApiToken.objects.get().name == "counter"


def test_a_token_without_scopes_is_refused(client):
    client.force_login(UserFactory())

    page = client.post(reverse("new_token"), {"name": "counter", "days": "7"})

    assert sorted(page.context["form"].errors) == ["days", "scopes"]
    assert ApiToken.objects.count() == 0


def test_a_token_is_revoked_after_a_question(client):
    client.force_login(UserFactory())
    client.post(reverse("new_token"), {"name": "counter", "scopes": ["read"], "days": "30"})
    address = reverse("revoke_token", args=[ApiToken.objects.get().pk])

    assert client.get(address).status_code == 200
    assert ApiToken.objects.get().revoked_at is None
    client.post(address)
    assert ApiToken.objects.get().revoked_at is not None


def test_a_strangers_token_stays(client):
    client.force_login(UserFactory())
    client.post(reverse("new_token"), {"name": "counter", "scopes": ["read"], "days": "30"})
    client.force_login(UserFactory())

    response = client.post(reverse("revoke_token", args=[ApiToken.objects.get().pk]))

    assert response.status_code == 403
    assert ApiToken.objects.get().revoked_at is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_people_asks_little(client, admin, rows, django_assert_num_queries):
    UserFactory.create_batch(rows - 1)
    with django_assert_num_queries(
        7
    ):  # session, reader, reader's roles; count, rows, their roles; bell
        page = client.get(reverse("people"))
    assert len(page.context["table"].rows) == rows


def test_people_filter_by_role(client, admin):
    reviewer = person_with(Role.REVIEWER)

    page = client.get(reverse("people"), {"role": "reviewer"})

    assert list(page.context["table"].rows) == [reviewer]


def test_strangers_see_no_people(client):
    assert client.get(reverse("people")).status_code == 403
    assert client.get(reverse("person", args=[UserFactory().pk])).status_code == 403


def test_a_role_is_granted_and_withdrawn_with_its_audit_row(client, admin):
    user = UserFactory()
    for change in ("grant", "withdraw"):
        client.post(reverse("change_role", args=[user.pk, change]), {"role": "coordinator"})
        user.refresh_from_db()
        assert user.is_staff == (change == "grant")
        assert RoleGrant.objects.filter(user=user).count() == int(change == "grant")

    verbs = AuditEntry.objects.filter(actor=admin).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["people.grant_role", "people.withdraw_role"]
    assert client.get(reverse("person", args=[user.pk])).status_code == 200


def test_an_unknown_role_is_refused(client, admin):
    response = client.post(
        reverse("change_role", args=[UserFactory().pk, "grant"]), {"role": "king"}
    )

    assert response.status_code == 422


def test_nobody_there(client, admin):
    assert client.get(reverse("person", args=[9999])).status_code == 404


def test_one_does_not_withdraw_ones_own_role(client, admin):
    address = reverse("change_role", args=[admin.pk, "withdraw"])

    assert client.post(address, {"role": "administrator"}).status_code == 403
    assert RoleGrant.objects.count() == 1
