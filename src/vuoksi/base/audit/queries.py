from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from vuoksi.base.audit.models import AuditEntry


def history_of(thing: Model) -> QuerySet[AuditEntry]:
    """What was done to `thing`, newest first."""
    kind = ContentType.objects.get_for_model(thing)
    return (
        AuditEntry.objects.filter(content_type=kind, object_id=str(thing.pk))
        .select_related("actor")
        .order_by("-at", "-pk")
    )
