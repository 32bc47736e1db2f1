from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.loop.juries.models import Panel, RuleSet


@admin.register(Panel)
class PanelAdmin(ReadOnlyAdmin):
    list_display = ["title", "call", "way", "state", "due_at"]
    list_filter = ["way", "state"]


@admin.register(RuleSet)
class RuleSetAdmin(ReadOnlyAdmin):
    list_display = ["panel", "number", "digest", "at"]
