from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from vuoksi.base.texts.queries import attach, in_language
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.analyses.queries import public_evidence

NEWEST = 50


class EvidenceFeed(Feed[Evidence, None]):
    """The newest evidence as Atom (RFC 4287)."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Evidence from experiments of %(city)s") % {"city": settings.CITY_NAME}

    def subtitle(self) -> str:
        return _("What experiments showed, also when nothing came of them.")

    def link(self) -> str:
        return reverse("experiments:experiments")

    def items(self) -> list[Evidence]:
        rows = attach(public_evidence()[:NEWEST])
        attach([row.experiment for row in rows])
        return rows

    def item_title(self, item: Any) -> str:
        title = in_language(item.experiment, "title")
        return f"{title}: {item.get_finding_display()}"

    def item_description(self, item: Any) -> str:
        return str(in_language(item, "claim"))

    def item_pubdate(self, item: Evidence) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Evidence) -> datetime:
        return item.published_at
