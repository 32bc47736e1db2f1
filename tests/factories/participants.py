from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from tests.factories.experiments import ExperimentFactory
from tests.factories.organisations import OrganisationFactory
from vuoksi.loop.experiments.participants import actions, queries
from vuoksi.loop.experiments.participants.models import (
    ConsentText,
    ConsentVersion,
    Invitation,
    Item,
    KeyKeeper,
    Question,
    Recruitment,
    Survey,
)

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


class RecruitmentFactory(DjangoModelFactory):
    """Open, with three places and a consent text in force, unless said otherwise."""

    class Meta:
        model = Recruitment
        skip_postgeneration_save = True

    experiment = factory.SubFactory(ExperimentFactory, state="running")
    language = "en"
    title = factory.Sequence(lambda n: f"Neighbours wanted {n}")
    seeking = "People who live here."
    tasks = "Walk together."
    duration = "Six weeks."
    contact = "ask@city.example"
    capacity = 3
    youngest = 10
    guardian_below = 18
    state = "open"
    opened_at = factory.LazyAttribute(lambda row: None if row.state == "draft" else NOW)

    @factory.post_generation
    def consent(self, create, extracted, **kwargs):
        if create and extracted is not False:
            consent_in_force(self, **kwargs)


def consent_in_force(recruitment, *, on_withdrawal="erase", number=1, languages=("en",)):
    """Make a version that is in force, in place of the last one."""
    recruitment.consent_versions.filter(state="published").update(state="replaced")
    version = ConsentVersion.objects.create(
        recruitment=recruitment,
        number=number,
        legal_basis="consent",
        on_withdrawal=on_withdrawal,
        retention_days=100,
        state="published",
        published_at=NOW,
    )
    for language in languages:
        text = ConsentText.objects.create(
            of=version,
            language=language,
            purpose="To learn.",
            gathered="Answers.",
            access="The team.",
            retention="Hundred days.",
        )
        text.digest = queries.text_digest(text)
        text.save()
    return version


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    recruitment = factory.SubFactory(RecruitmentFactory)
    language = "en"
    question = "Do you live here?"
    choices = "Yes\nNo"
    qualifying = factory.LazyFunction(lambda: [0])
    unfit_words = "We look for those who live here."


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    recruitment = factory.SubFactory(RecruitmentFactory)
    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    language = "en"
    digest = factory.Sequence(lambda n: f"{n:064d}")
    created_at = NOW
    expires_at = factory.LazyAttribute(lambda row: NOW.replace(year=NOW.year + 1))


class KeyKeeperFactory(DjangoModelFactory):
    class Meta:
        model = KeyKeeper

    recruitment = factory.SubFactory(RecruitmentFactory)
    named_at = NOW


class SurveyFactory(DjangoModelFactory):
    """Open, with one required number that is the mean of the city's own questions."""

    class Meta:
        model = Survey
        skip_postgeneration_save = True

    recruitment = factory.SubFactory(RecruitmentFactory)
    moment = "before"
    language = "en"
    title = "How are you?"
    state = "open"
    opened_at = NOW

    @factory.post_generation
    def items(self, create, extracted, **kwargs):
        if create:
            for position, fields in enumerate(
                extracted or [{"kind": "number", "scale": "own", "is_required": True}]
            ):
                Item.objects.create(
                    survey=self,
                    position=position,
                    language="en",
                    text=f"Question {position}",
                    **fields,
                )


def joined(recruitment, *, email=None, user=None, guardian=None, at=NOW):
    """Somebody who joins in the usual way, by a link unless with an account."""
    invitation = None
    if user is None:
        more = {"email": email} if email else {}
        invitation = InvitationFactory(recruitment=recruitment, **more)
    text = queries.text_for(queries.version_in_force(recruitment), "en")
    return actions.join(
        recruitment=recruitment,
        comer=actions.Comer("en", user, invitation, guardian),
        text=text,
        digest=text.digest,
        at=at,
    )


def led_by(recruitment, *roles):
    """Somebody of the unit in charge."""
    from tests.factories.calls import member_of

    return member_of(recruitment.experiment.owner, *roles)


def stranger(*roles):
    from tests.factories.calls import member_of

    return member_of(OrganisationFactory(), *roles)
