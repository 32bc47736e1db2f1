from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.loop.experiments.measurements.models import Batch, Measurement


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    list_display = ["experiment", "origin", "count", "at", "by"]
    list_filter = ["origin"]


@admin.register(Measurement)
class MeasurementAdmin(ReadOnlyAdmin):
    list_display = ["experiment", "arm", "unit_code", "measured_on", "value"]
    list_filter = ["arm"]
