from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.loop.decisions.models import Decision


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["title", "kind", "state", "decided_on", "decided_by"]
    list_filter = ["kind", "state"]
