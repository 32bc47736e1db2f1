from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.strategy import models


@admin.register(models.Target)
class TargetAdmin(ReadOnlyAdmin):
    list_display = ["indicator", "goal", "operator", "value", "due_on", "is_headline"]
    list_select_related = ["indicator", "goal"]


@admin.register(models.Action)
class ActionAdmin(ReadOnlyAdmin):
    list_display = ["title", "goal", "state", "owner"]
    list_filter = ["state", "is_decided"]
    list_select_related = ["goal", "owner"]
    search_fields = ["title", "code"]


admin.site.register(
    [
        models.Story,
        models.Chapter,
        models.Roadmap,
        models.Goal,
        models.ActionUpdate,
        models.ImpactMap,
        models.ImpactNode,
    ],
    ReadOnlyAdmin,
)
