from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory
from ninja.errors import AuthenticationError, AuthorizationError

from tests.factories.people import UserFactory
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.people import actions, tokens
from vuoksi.base.people.models import ApiToken
from vuoksi.base.people.registry import scope

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SECRET = "vuoksi_secret"


@pytest.fixture
def token():
    return actions.create_token(
        user=UserFactory(),
        name="pool counter",
        scopes=["read", "measurements:write"],
        secret=SECRET,
        expires_at=NOW + timedelta(days=30),
        at=NOW,
    )


def test_only_the_digest_is_kept(token):
    kept = ApiToken.objects.values().get()

    assert SECRET not in str(kept)
    assert (kept["prefix"], kept["scopes"]) == ("vuoksi_sec", ["measurements:write", "read"])
    assert AuditEntry.objects.get().verb == "people.create_token"


def test_a_living_token_opens(token):
    assert tokens.living_token(SECRET, at=NOW) == token


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda token: None, "expired on 3 Jun 2026"),
        (lambda token: actions.revoke_token(token=token, by=token.user, at=NOW), "was revoked"),
        (lambda token: token.delete(), "is not known"),
        (lambda token: type(token.user).objects.update(is_active=False), "is not known"),
    ],
)
def test_a_dead_token_says_why(token, spoil, words):
    spoil(token)

    with pytest.raises(AuthenticationError, match=words):
        tokens.living_token(SECRET, at=NOW + timedelta(days=30))


def test_the_request_acts_for_the_person(token):
    ApiToken.objects.update(expires_at=datetime(2999, 1, 1, tzinfo=UTC))
    request = RequestFactory().get("/", headers={"authorization": f"Bearer {SECRET}"})

    assert tokens.TokenAuth("read")(request) == token
    assert request.user == token.user
    assert ApiToken.objects.get().last_used_at is not None


def test_a_scope_that_was_not_given_is_refused(token):
    ApiToken.objects.update(expires_at=datetime(2999, 1, 1, tzinfo=UTC))
    request = RequestFactory().get("/", headers={"authorization": f"Bearer {SECRET}"})

    with pytest.raises(AuthorizationError, match="lacks the scope “entries:write”"):
        tokens.TokenAuth("entries:write")(request)


def test_use_is_noted_once_a_minute(token):
    for seconds, noted in [(0, 0), (59, 0), (60, 60)]:
        fresh = ApiToken.objects.get()
        actions.note_use(token=fresh, at=NOW + timedelta(seconds=seconds))
        assert ApiToken.objects.get().last_used_at == NOW + timedelta(seconds=noted)


def test_revoking_twice_is_once(token):
    actions.revoke_token(token=token, by=token.user, at=NOW)
    actions.revoke_token(token=token, by=token.user, at=NOW + timedelta(days=1))

    assert ApiToken.objects.get().revoked_at == NOW
    assert AuditEntry.objects.filter(verb="people.revoke_token").count() == 1


def test_scopes_are_known_and_stand_once():
    with pytest.raises(ValueError, match="stands twice"):
        scope("read", "again")
    with pytest.raises(ValueError, match="no scope"):
        tokens.TokenAuth("everything")


def test_secrets_are_long_and_named():
    assert tokens.new_secret().startswith("vuoksi_")
    assert len(tokens.new_secret()) == 50
