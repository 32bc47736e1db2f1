from django.contrib import admin
from django.http import HttpRequest

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.base.files import access
from vuoksi.base.files.models import Attachment


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    list_display = ["uploaded_at", "media_type", "size_bytes", "content_type", "object_id"]
    exclude = ["file"]

    def has_view_permission(self, request: HttpRequest, obj: Attachment | None = None) -> bool:
        """A file's name may tell what a draft or a sealed idea is about: it is read by whoever reads the thing."""
        may = bool(super().has_view_permission(request, obj))
        if obj is None or not may:
            return may
        return obj.thing is not None and access.is_readable(request.user, obj.thing)
