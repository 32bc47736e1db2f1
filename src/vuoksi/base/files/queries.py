from collections import defaultdict
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from vuoksi.base.files.models import Attachment


def attachments_of(things: Iterable[Model]) -> dict[str, list[Attachment]]:
    """Files by primary key (as text) of things of one kind, oldest first, in one query."""
    rows = list(things)
    found: dict[str, list[Attachment]] = defaultdict(list)
    if rows:
        kind = ContentType.objects.get_for_model(rows[0])
        keys = [str(row.pk) for row in rows]
        files = Attachment.objects.filter(content_type=kind, object_id__in=keys)
        for attachment in files.order_by("uploaded_at", "pk"):
            found[attachment.object_id].append(attachment)
    return found
