"""An action stands wholly with its audit row, or not at all."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory
from vuoksi.base.audit.actions import (
    Unaudited,
    action,
    nothing_to_do,
    record,
    told_by,
)
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.audit.queries import history_of
from vuoksi.base.organisations.models import Organisation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def rename(organisation, name):
    organisation.name = name
    organisation.save()


def stored_name(organisation) -> str:
    return Organisation.objects.get(pk=organisation.pk).name


def test_an_action_that_records_stands_with_its_row():
    user, organisation = UserFactory(), OrganisationFactory(name="Old")

    @action
    def rename_it():
        rename(organisation, "New")
        record(actor=user, verb="test.rename", thing=organisation, at=AT, fields=["name"])
        return "done"

    assert rename_it() == "done"
    assert stored_name(organisation) == "New"
    (entry,) = history_of(organisation)
    assert (entry.at, entry.actor, entry.verb) == (AT, user, "test.rename")
    assert (entry.thing, entry.details) == (organisation, {"fields": ["name"]})


def test_an_action_that_tells_nobody_is_undone():
    organisation = OrganisationFactory(name="Old")

    @action
    def rename_it():
        rename(organisation, "New")

    with pytest.raises(Unaudited, match=r"test_actions\.rename_it recorded nothing"):
        rename_it()
    assert stored_name(organisation) == "Old"


def test_a_fault_undoes_the_action_and_its_row():
    organisation = OrganisationFactory(name="Old")

    @action
    def rename_it():
        rename(organisation, "New")
        record(actor=None, verb="test.rename", thing=organisation, at=AT)
        raise LookupError

    with pytest.raises(LookupError):
        rename_it()
    assert stored_name(organisation) == "Old"
    assert AuditEntry.objects.count() == 0


def test_a_row_that_tells_of_itself_must_stand():
    @action
    def forget_to_save():
        told_by(Organisation(name="Nowhere"))

    with pytest.raises(Unaudited, match="was not saved"):
        forget_to_save()


def test_an_action_may_say_that_there_is_nothing_to_do():
    @action
    def find_nothing():
        nothing_to_do()

    find_nothing()

    assert AuditEntry.objects.count() == 0


def test_a_row_of_an_action_before_does_not_count_for_the_next():
    organisation = OrganisationFactory()

    @action
    def audited():
        record(actor=None, verb="test.audited", thing=organisation, at=AT)

    @action
    def silent(): ...

    audited()
    with pytest.raises(Unaudited):
        silent()


def test_an_action_inside_another_records_for_both_and_falls_with_it():
    organisation = OrganisationFactory()

    @action
    def inner():
        record(actor=None, verb="test.inner", thing=organisation, at=AT)

    @action
    def outer():
        inner()

    outer()
    assert [entry.verb for entry in history_of(organisation)] == ["test.inner"]

    @action
    def faulty():
        outer()
        raise LookupError

    with pytest.raises(LookupError):
        faulty()
    assert history_of(organisation).count() == 1


def test_nobody_signed_in_is_recorded_as_nobody():
    organisation = OrganisationFactory()

    record(actor=AnonymousUser(), verb="test.visit", thing=organisation, at=AT)

    assert [entry.actor for entry in history_of(organisation)] == [None]


def test_history_is_of_the_thing_and_newest_first():
    one, other = OrganisationFactory(), OrganisationFactory()
    for verb, thing in (("test.first", one), ("test.other", other), ("test.second", one)):
        record(actor=None, verb=verb, thing=thing, at=AT)

    assert [entry.verb for entry in history_of(one)] == ["test.second", "test.first"]


def test_history_asks_once_whatever_its_length(django_assert_num_queries):
    organisation = OrganisationFactory()
    for _ in range(3):
        record(actor=UserFactory(), verb="test.visit", thing=organisation, at=AT)
        with django_assert_num_queries(1):
            assert all(entry.actor.name for entry in history_of(organisation))
