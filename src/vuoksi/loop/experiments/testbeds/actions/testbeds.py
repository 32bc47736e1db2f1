from datetime import datetime
from typing import Any

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell_upstream
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.models import User
from vuoksi.base.places.models import Place
from vuoksi.loop.experiments.testbeds import kinds, queries, rules
from vuoksi.loop.experiments.testbeds.models import TESTBED_STATES, Offering, Testbed
from vuoksi.loop.experiments.testbeds.refusals import CapacityInUse

# What cannot change under a booking: its slots would begin and end at other times than were promised.
TIMES = ("slot", "weekdays", "opens_hour", "closes_hour")


@action
def create_testbed(
    *,
    place: Place,
    owner: Organisation,
    language: str,
    title: str,
    by: User,
    at: datetime,
    **more: Any,
) -> Testbed:
    """Make a draft of a testbed at a place. `more` are further fields: summary, rules, contact, source…"""
    rules.check_create_testbed(by)
    row = Testbed.objects.create(place=place, owner=owner, language=language, title=title, **more)
    record(actor=by, verb="testbeds.create_testbed", thing=row, at=at)
    return row


@action
def edit_testbed(*, testbed: Testbed, version: int, by: User, at: datetime, **changes: Any) -> None:
    """Raises EditedMeanwhile when `version` is not the newest."""
    rules.check_keep_testbed(by, testbed)
    save_if_unchanged(testbed, version=version, **changes)
    record(actor=by, verb="testbeds.edit_testbed", thing=testbed, at=at, fields=sorted(changes))


@action
def publish_testbed(*, testbed: Testbed, by: User, at: datetime) -> None:
    _move(testbed, "publish", by, at)


@action
def close_testbed(*, testbed: Testbed, by: User, at: datetime) -> None:
    """Take no more bookings; those that are approved stand."""
    _move(testbed, "close", by, at)


@action
def reopen_testbed(*, testbed: Testbed, by: User, at: datetime) -> None:
    _move(testbed, "reopen", by, at)


@action
def add_offering(
    *, testbed: Testbed, kind: str, language: str, title: str, by: User, at: datetime, **more: Any
) -> Offering:
    """Offer something. `more` are further fields: units, slot, weekdays, opening hours, price…"""
    rules.check_keep_testbed(by, testbed)
    row = Offering.objects.create(
        testbed=testbed,
        kind=kind,
        language=language,
        title=title,
        position=testbed.offerings.count(),
        **more,
    )
    record(actor=by, verb="testbeds.add_offering", thing=row, at=at)
    return row


@action
def edit_offering(
    *, offering: Offering, version: int, by: User, at: datetime, **changes: Any
) -> None:
    """Change what is offered. Raises EditedMeanwhile; CapacityInUse when what is taken away is booked."""
    # A booking that comes meanwhile waits here, and then sees what is offered now.
    row = Offering.objects.select_for_update().select_related("testbed").get(pk=offering.pk)
    rules.check_keep_testbed(by, row.testbed)
    units = changes.get("units", row.units)
    other_times = any(changes.get(name, getattr(row, name)) != getattr(row, name) for name in TIMES)
    above = 0 if other_times else units
    if (other_times or units < row.units) and queries.has_bookings_ahead(row, at, above=above):
        raise CapacityInUse
    save_if_unchanged(offering, version=version, **changes)
    record(actor=by, verb="testbeds.edit_offering", thing=offering, at=at, fields=sorted(changes))


def _move(testbed: Testbed, step: str, by: User, at: datetime) -> None:
    rules.check_keep_testbed(by, testbed)
    targets = {one.name: one.target for one in TESTBED_STATES.transitions}
    if testbed.state == targets[step]:
        return nothing_to_do()
    state = TESTBED_STATES.target(testbed.state, step)
    save_if_unchanged(testbed, version=testbed.version, state=state)
    record(actor=by, verb=f"testbeds.{step}_testbed", thing=testbed, at=at)
    tell_upstream(kind=kinds.TESTBED_MOVED, thing=testbed, by=by, at=at, outcome=step)
    return None
