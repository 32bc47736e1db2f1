from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from vuoksi.base.audit.models import AuditEntry

# How many actions may be under way at once and still each be seen.
OVERLAPPING: Final = 32


def history_of(thing: Model) -> QuerySet[AuditEntry]:
    """What was done to `thing`, newest first."""
    kind = ContentType.objects.get_for_model(thing)
    return (
        AuditEntry.objects.filter(content_type=kind, object_id=str(thing.pk))
        .select_related("actor")
        .order_by("-at", "-pk")
    )


def data_version() -> str:
    """Give a text that differs whenever an action wrote something. One short query.

    Several rows, not the newest alone: where two actions overlap, the one that took its number first may commit last.
    """
    newest = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True)[:OVERLAPPING]
    return ",".join(map(str, newest))
