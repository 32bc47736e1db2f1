from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.indicators.models import Indicator, Observation


@admin.register(Indicator)
class IndicatorAdmin(ReadOnlyAdmin):
    list_display = ["key", "title", "unit", "is_from_code"]
    search_fields = ["key", "title"]


@admin.register(Observation)
class ObservationAdmin(ReadOnlyAdmin):
    list_display = ["indicator", "start", "end", "value", "method", "kind", "is_current"]
    list_filter = ["kind", "is_current"]
