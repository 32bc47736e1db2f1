from typing import Any

from django.contrib import admin

from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.audit.readonly import ReadOnly


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin[Any]):
    """What the admin classes of all apps are made from."""


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "verb", "actor", "content_type", "object_id"]
    list_filter = ["verb"]
