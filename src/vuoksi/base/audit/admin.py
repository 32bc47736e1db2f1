"""The admin shows everything and changes nothing: writes belong to actions."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from vuoksi.base.audit.models import AuditEntry


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "verb", "actor", "content_type", "object_id"]
    list_filter = ["verb"]
