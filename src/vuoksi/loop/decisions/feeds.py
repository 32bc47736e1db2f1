from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from vuoksi.base.texts.queries import attach, in_language
from vuoksi.loop.decisions import queries
from vuoksi.loop.decisions.models import Decision, FollowUp

NEWEST = 50


class Decisions(Feed[Decision, Any]):
    """Published decisions, newest first, as Atom (RFC 4287)."""

    feed_type = Atom1Feed
    title = _("Decisions")
    subtitle = _("What the city decided after its experiments")
    link = reverse_lazy("decisions:decisions")

    def items(self) -> list[Decision]:
        return attach(self._rows()[:NEWEST])

    def _rows(self) -> QuerySet[Decision]:
        return queries.public_decisions().order_by("-published_at")

    def item_title(self, item: Any) -> Any:
        return in_language(item, "title").text

    def item_description(self, item: Any) -> str:
        return in_language(item, "reasons").text

    def item_pubdate(self, item: Decision) -> datetime | None:
        return item.published_at


class FollowUps(Feed[FollowUp, Any]):
    """What follow-ups found, newest first: in use or not."""

    feed_type = Atom1Feed
    title = _("What came into use")
    subtitle = _("What the city found when it looked whether its decisions are in use")
    link = reverse_lazy("decisions:portfolio")

    def items(self) -> list[FollowUp]:
        rows = attach(
            FollowUp.objects.select_related("decision").order_by("-recorded_at", "-pk")[:NEWEST]
        )
        attach([row.decision for row in rows])
        return rows

    def item_title(self, item: Any) -> Any:
        return f"{in_language(item.decision, 'title').text}: {item.get_use_display()}"

    def item_description(self, item: Any) -> str:
        return in_language(item, "text").text

    def item_link(self, item: FollowUp) -> str:
        return f"{item.decision.get_absolute_url()}#follow-up-{item.pk}"

    def item_pubdate(self, item: FollowUp) -> datetime:
        return item.recorded_at
