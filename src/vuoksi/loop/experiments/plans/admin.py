from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.loop.experiments.plans.models import Deviation, Experiment, Grouping, Question


@admin.register(Experiment)
class ExperimentAdmin(ReadOnlyAdmin):
    list_display = ["title", "state", "testbed", "owner", "starts_on", "ends_on"]
    list_filter = ["state", "design"]
    search_fields = ["title", "slug"]


@admin.register(Question)
class QuestionAdmin(ReadOnlyAdmin):
    list_display = ["title", "scale", "unit"]


@admin.register(Grouping)
class GroupingAdmin(ReadOnlyAdmin):
    list_display = ["experiment", "method", "seed", "at", "replaced_at"]


@admin.register(Deviation)
class DeviationAdmin(ReadOnlyAdmin):
    list_display = ["experiment", "kind", "happened_on", "could_change"]
