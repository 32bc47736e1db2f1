from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from vuoksi.base.texts.queries import attach, in_language
from vuoksi.loop.decisions import queries
from vuoksi.loop.decisions.models import Decision

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
