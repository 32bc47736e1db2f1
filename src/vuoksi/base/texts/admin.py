from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.base.texts.models import Translation


@admin.register(Translation)
class TranslationAdmin(ReadOnlyAdmin):
    list_display = ["content_type", "object_id", "field", "language", "state", "edited_at"]
    list_filter = ["language", "state"]
