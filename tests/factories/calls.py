from datetime import UTC, datetime, timedelta
from uuid import uuid4

import factory

from tests.factories.people import UserFactory
from vuoksi.base.organisations.models import Membership
from vuoksi.loop.calls.models import (
    Answer,
    Call,
    Category,
    CoAuthor,
    Entry,
    EntryLink,
    Phase,
    Question,
)
from vuoksi.loop.calls.queries import digest_of
from vuoksi.strategy.models import Goal, Roadmap

# The moment of every test that does not say otherwise; calls of the factory are open then.
NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def member_of(organisation, *roles):
    person = UserFactory(roles=roles)
    Membership.objects.create(organisation=organisation, user=person, since=NOW)
    return person


class PhaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Phase

    kind = "entry"
    opens_at = NOW - timedelta(days=7)
    closes_at = NOW + timedelta(days=7)


class GoalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Goal

    slug = factory.Sequence(lambda n: f"goal-{n}")
    language = "en"
    title = factory.Sequence(lambda n: f"Light for everybody {n}")
    roadmap = factory.LazyAttributeSequence(
        lambda _row, n: Roadmap.objects.create(slug=f"way-{n}", language="en", title="The way")
    )


class CallFactory(factory.django.DjangoModelFactory):
    """A published call that takes ideas at NOW."""

    class Meta:
        model = Call
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"call-{n}")
    language = "en"
    title = factory.Sequence(lambda n: f"A warmer library {n}")
    summary = "Ideas for long evenings."
    need = "People want to stay longer."
    entrants = Call.Entrants.ANYBODY
    state = Call.State.PUBLISHED
    published_at = NOW - timedelta(days=8)
    entry_phase = factory.RelatedFactory(PhaseFactory, factory_related_name="call")


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Question

    call = factory.SubFactory(CallFactory)
    position = factory.Sequence(int)
    kind = "short"
    language = "en"
    label = "Who would use it?"


class CategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Category

    call = factory.SubFactory(CallFactory)
    slug = factory.Sequence(lambda n: f"category-{n}")
    language = "en"
    title = factory.Sequence(lambda n: f"Category {n}")


class EntryFactory(factory.django.DjangoModelFactory):
    """An idea that waits for its answer."""

    class Meta:
        model = Entry

    call = factory.SubFactory(CallFactory)
    language = "en"
    title = factory.Sequence(lambda n: f"Lamps to borrow {n}")
    summary = "Lend lamps as books are lent."
    author = factory.SubFactory(UserFactory)
    state = Entry.State.SUBMITTED
    key = factory.LazyFunction(uuid4)
    created_at = edited_at = submitted_at = NOW - timedelta(days=1)


class DraftFactory(EntryFactory):
    state = Entry.State.DRAFT
    submitted_at = None


class AnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Answer

    entry = factory.SubFactory(EntryFactory, state=Entry.State.REFUSED)
    outcome = "refused"
    language = "en"
    text = "Lamps wear out too soon."
    at = NOW


class CoAuthorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CoAuthor

    class Params:
        token = factory.Sequence(lambda n: f"invitation-{n}")

    entry = factory.SubFactory(DraftFactory)
    email = factory.Sequence(lambda n: f"friend{n}@example.org")
    digest = factory.LazyAttribute(lambda row: digest_of(row.token))
    invited_at = NOW
    expires_at = NOW + timedelta(days=14)


class EntryLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EntryLink

    class Params:
        token = factory.Sequence(lambda n: f"link-{n}")

    call = factory.SubFactory(CallFactory)
    email = factory.Sequence(lambda n: f"resident{n}@example.org")
    language = "en"
    digest = factory.LazyAttribute(lambda row: digest_of(row.token))
    created_at = NOW
    expires_at = NOW + timedelta(days=14)
