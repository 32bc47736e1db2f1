"""The moderation log as an Atom feed. Names nobody, as the log."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from vuoksi.base.moderation import queries
from vuoksi.base.moderation.models import Case
from vuoksi.base.moderation.tables import kind_label, outcome_label
from vuoksi.base.moderation.words import reason_label

NEWEST = 50


class LogFeed(Feed[Case, None]):
    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Moderation log of %(city)s") % {"city": settings.CITY_NAME}

    def link(self) -> str:
        return reverse("moderation:log")

    def items(self) -> list[Any]:
        return list(queries.decided_cases()[:NEWEST])

    def item_title(self, item: Any) -> str:
        words = {"kind": kind_label(item), "outcome": outcome_label(item.outcome)}
        return _("%(kind)s: %(outcome)s") % words

    def item_description(self, item: Any) -> str:
        said = str(reason_label(item.reason))
        if item.appeal_outcome:
            appeal = _("On appeal: %(outcome)s") % {"outcome": outcome_label(item.appeal_outcome)}
            return f"{said}. {appeal}"
        return said

    def item_link(self, item: Any) -> str:
        return f"{reverse('moderation:log')}#case-{item.pk}"

    def item_guid(self, item: Any) -> str:
        return f"{settings.SITE_URL}{self.item_link(item)}"

    def item_updateddate(self, item: Any) -> datetime:
        decided: datetime = item.decided_at
        return decided
