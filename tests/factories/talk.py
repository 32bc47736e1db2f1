from datetime import UTC, datetime
from uuid import uuid4

import factory
from django.contrib.contenttypes.models import ContentType
from factory.django import DjangoModelFactory

from tests.factories.people import UserFactory
from vuoksi.base.talk.models import Comment, Follow, Support

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


class AboutFactory(DjangoModelFactory):
    """Give `thing`: what it is about."""

    class Meta:
        abstract = True
        exclude = ["thing"]

    thing = None
    content_type = factory.LazyAttribute(lambda o: ContentType.objects.get_for_model(o.thing))
    object_id = factory.LazyAttribute(lambda o: str(o.thing.pk))


class CommentFactory(AboutFactory):
    class Meta:
        model = Comment

    author = factory.SubFactory(UserFactory)
    language = "en"
    text = factory.Sequence(lambda n: f"Comment {n}")
    written_at = AT
    key = factory.LazyFunction(uuid4)


class SupportFactory(AboutFactory):
    class Meta:
        model = Support

    user = factory.SubFactory(UserFactory)
    at = AT


class FollowFactory(AboutFactory):
    class Meta:
        model = Follow

    user = factory.SubFactory(UserFactory)
    at = AT
