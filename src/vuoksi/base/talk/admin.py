from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.base.talk.models import Comment, Follow, Support


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    list_display = ["written_at", "content_type", "object_id", "is_official", "visibility"]
    list_filter = ["is_official", "language", "visibility"]


@admin.register(Support, Follow)
class StandingAdmin(ReadOnlyAdmin):
    list_display = ["at", "content_type", "object_id"]
