"""Experiments that look for people, as an Atom feed: pages of recruitment alone, never who takes part."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from vuoksi.base.texts.queries import attach, in_language
from vuoksi.loop.experiments.participants import queries
from vuoksi.loop.experiments.participants.models import Recruitment

NEWEST = 50


class RecruitmentFeed(Feed[Recruitment, None]):
    """The newest recruitments."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Take part in experiments of %(city)s") % {"city": settings.CITY_NAME}

    def link(self) -> str:
        return reverse("participants:recruitments")

    def items(self) -> list[Recruitment]:
        return attach(queries.public_recruitments().order_by("-opened_at", "-pk")[:NEWEST])

    def item_title(self, item: Any) -> str:
        return str(in_language(item, "title"))

    def item_description(self, item: Any) -> str:
        return str(in_language(item, "seeking"))

    def item_pubdate(self, item: Recruitment) -> datetime | None:
        return item.opened_at
