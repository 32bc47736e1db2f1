from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.loop.experiments.measurements.models import Batch, Datastream, Measurement, Thing


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    list_display = ["experiment", "origin", "count", "at", "by"]
    list_filter = ["origin"]


@admin.register(Measurement)
class MeasurementAdmin(ReadOnlyAdmin):
    list_display = ["experiment", "arm", "unit_code", "measured_on", "value"]
    list_filter = ["arm"]


@admin.register(Thing)
class ThingAdmin(ReadOnlyAdmin):
    list_display = ["experiment", "name", "at", "by"]


@admin.register(Datastream)
class DatastreamAdmin(ReadOnlyAdmin):
    list_display = ["experiment", "thing", "name", "arm", "unit_code", "at"]
