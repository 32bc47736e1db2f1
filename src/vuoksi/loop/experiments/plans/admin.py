from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.loop.experiments.plans.models import Experiment


@admin.register(Experiment)
class ExperimentAdmin(ReadOnlyAdmin):
    list_display = ["title", "state", "testbed", "owner", "starts_on", "ends_on"]
    list_filter = ["state", "design"]
    search_fields = ["title", "slug"]
