from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.loop.calls.models import Answer, Call, CallRules, CoAuthor, Entry, EntryLink, Share
from vuoksi.loop.calls.rules import PUBLIC_ENTRIES


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

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Entry]":
        """Drafts, sealed and withdrawn ideas are their authors' alone, also here."""
        rows: QuerySet[Entry] = super().get_queryset(request)
        return rows.filter(state__in=PUBLIC_ENTRIES)


@admin.register(Answer)
class AnswerAdmin(ReadOnlyAdmin):
    list_display = ["entry", "outcome", "organisation", "at", "is_current"]
    list_filter = ["outcome", "is_current"]


@admin.register(CoAuthor)
class CoAuthorAdmin(ReadOnlyAdmin):
    list_display = ["entry_id", "user", "invited_at", "accepted_at"]
    exclude = ["entry", "email", "digest"]


@admin.register(EntryLink)
class EntryLinkAdmin(ReadOnlyAdmin):
    list_display = ["call", "entry_id", "created_at", "expires_at"]
    exclude = ["entry", "email", "digest"]


@admin.register(CallRules)
class CallRulesAdmin(ReadOnlyAdmin):
    list_display = ["call", "number", "digest", "at"]


@admin.register(Share)
class ShareAdmin(ReadOnlyAdmin):
    list_display = ["entry", "organisation", "outcome", "amount_eur", "at"]
