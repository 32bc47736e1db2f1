from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from tests.factories.people import UserFactory
from tests.factories.talk import AboutFactory
from vuoksi.base.moderation.models import Case, Decision, Report

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


class CaseFactory(AboutFactory):
    """An open case; give `thing`."""

    class Meta:
        model = Case

    origin = "report"
    opened_at = AT


class ReportFactory(DjangoModelFactory):
    class Meta:
        model = Report

    case = factory.SubFactory(CaseFactory)
    reporter = factory.SubFactory(UserFactory)
    language = "en"
    who = factory.Sequence(lambda n: f"somebody {n}")
    reason = "spam"
    at = AT


class DecidedCaseFactory(CaseFactory):
    """A case that was decided: the text was hidden."""

    class Meta:
        model = Case
        skip_postgeneration_save = True

    state = "decided"
    decided_at = AT

    @factory.post_generation
    def decision(self, create, extracted, **kwargs):
        values = {"outcome": "hide", "reason": "spam", "by": None, **kwargs}
        Decision.objects.create(
            case=self,
            stage="first",
            language="en",
            at=AT,
            appeal_until=AT + timedelta(days=14),
            **values,
        )
