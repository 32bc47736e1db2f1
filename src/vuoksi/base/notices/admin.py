from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.base.notices.models import Digest, Letter, Notice, Preference, Silence, WeeklyDay


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ["at", "kind", "content_type", "object_id", "read_at", "mailed_at"]
    list_filter = ["kind"]


@admin.register(Preference)
class PreferenceAdmin(ReadOnlyAdmin):
    list_display = ["kind", "way"]


@admin.register(Digest)
class DigestAdmin(ReadOnlyAdmin):
    list_display = ["day", "claimed_at", "sent_at", "count"]


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    list_display = ["at", "kind", "content_type", "object_id", "claimed_at", "settled_at"]
    list_filter = ["kind"]


@admin.register(Silence)
class SilenceAdmin(ReadOnlyAdmin):
    list_display = ["at", "content_type", "object_id"]


@admin.register(WeeklyDay)
class WeeklyDayAdmin(ReadOnlyAdmin):
    list_display = ["weekday"]
