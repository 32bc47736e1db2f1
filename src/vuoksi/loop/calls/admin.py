from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.loop.calls.models import Answer, Call, CoAuthor, Entry, EntryLink


@admin.register(Call)
class CallAdmin(ReadOnlyAdmin):
    list_display = ["slug", "title", "state", "entrants", "owner"]
    list_filter = ["state", "entrants"]
    search_fields = ["slug", "title"]


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ["pk", "title", "call", "state", "submitted_at"]
    list_filter = ["state", "language"]
    search_fields = ["title"]
    # Addresses of people without an account are for the platform's letters, not for reading.
    exclude = ["author_email"]


@admin.register(Answer)
class AnswerAdmin(ReadOnlyAdmin):
    list_display = ["entry", "outcome", "organisation", "at", "is_current"]
    list_filter = ["outcome", "is_current"]


@admin.register(CoAuthor)
class CoAuthorAdmin(ReadOnlyAdmin):
    list_display = ["entry", "user", "invited_at", "accepted_at"]
    exclude = ["email", "digest"]


@admin.register(EntryLink)
class EntryLinkAdmin(ReadOnlyAdmin):
    list_display = ["call", "entry", "created_at", "expires_at"]
    exclude = ["email", "digest"]
