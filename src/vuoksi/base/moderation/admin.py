from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.base.moderation.models import Appeal, Case, Decision, Report


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    list_display = ["pk", "content_type", "object_id", "origin", "state", "opened_at"]
    list_filter = ["state", "origin"]


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ["case", "reason", "at"]
    exclude = ["email", "who"]


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["case", "stage", "outcome", "reason", "at"]


@admin.register(Appeal)
class AppealAdmin(ReadOnlyAdmin):
    list_display = ["case", "side", "at"]
    exclude = ["who"]
