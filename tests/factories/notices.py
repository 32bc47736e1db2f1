from datetime import UTC, datetime

import factory
from django.contrib.contenttypes.models import ContentType
from factory.django import DjangoModelFactory

from tests.factories.people import UserFactory
from vuoksi.base.notices.models import Notice


class NoticeFactory(DjangoModelFactory):
    """Give `thing`: what the notice is about."""

    class Meta:
        model = Notice
        exclude = ["thing"]

    thing = None
    user = factory.SubFactory(UserFactory)
    kind = "talk.comment_written"
    content_type = factory.LazyAttribute(lambda o: ContentType.objects.get_for_model(o.thing))
    object_id = factory.LazyAttribute(lambda o: str(o.thing.pk))
    because_type = factory.LazyAttribute(lambda o: ContentType.objects.get_for_model(o.thing))
    because_id = factory.LazyAttribute(lambda o: str(o.thing.pk))
    tie = Notice.Tie.FOLLOW
    chain = factory.LazyAttribute(lambda o: [[o.content_type.pk, o.object_id]])
    at = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
