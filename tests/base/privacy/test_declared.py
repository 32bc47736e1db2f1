"""Whatever points to a person, or holds an address, is declared: exported, or left out for a reason."""

import pytest
from django.apps import apps
from django.db import connection, models

from tests.factories.people import UserFactory
from vuoksi.base.people.keeping import KEPT, NOT_EXPORTED, RETENTIONS
from vuoksi.base.people.models import User

ADDRESSES = (models.EmailField, models.GenericIPAddressField)
NAMED = {"username", "email", "ip_address"}


def ties(field) -> bool:
    """Does `field` point to a person, or hold an address?"""
    return field.related_model is User or isinstance(field, ADDRESSES) or field.name in NAMED


def tied_fields(all_models) -> set[tuple[str, str]]:
    return {
        (model._meta.label, field.name)
        for model in all_models
        for field in model._meta.get_fields(include_hidden=False)
        if field.concrete and not field.many_to_many and not field.auto_created and ties(field)
    }


def declared() -> set[tuple[str, str]]:
    return {(entry.model, name) for entry in [*KEPT, *NOT_EXPORTED] for name in entry.fields}


def test_every_tie_to_a_person_is_declared():
    there = tied_fields(apps.get_models(include_auto_created=True))

    assert there - declared() == set()


def test_nothing_is_declared_that_is_not_there():
    there = tied_fields(apps.get_models(include_auto_created=True))

    assert declared() - there == set()


def test_an_undeclared_tie_would_be_found():
    class Planted(models.Model):  # noqa: DJ008 - nobody reads it
        owner = models.ForeignKey(User, models.CASCADE, related_name="+")
        contact = models.EmailField()

        class Meta:
            app_label = "privacy"
            managed = False

    try:
        assert tied_fields([Planted]) - declared() == {
            ("privacy.Planted", "owner"),
            ("privacy.Planted", "contact"),
        }
    finally:
        del apps.all_models["privacy"]["planted"]
        apps.clear_cache()


@pytest.mark.django_db
def test_every_declared_export_can_be_read():
    user = UserFactory()

    for entry in KEPT:
        assert len(list(entry.rows(user).values(*entry.columns))) <= 1, entry.model


@pytest.mark.django_db
@pytest.mark.parametrize("key", sorted(RETENTIONS))
def test_every_purge_runs_and_says_why(key):
    from tests.factories.moderation import AT

    kept = RETENTIONS[key]

    assert kept.purge(days=kept.days, at=AT) == 0
    assert str(kept.label)
    assert str(kept.why)
    assert connection.needs_rollback is False
