from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.loop.experiments.analyses.models import Analysis, Evidence, Look, Synthesis


@admin.register(Analysis)
class AnalysisAdmin(ReadOnlyAdmin):
    list_display = ["experiment", "at", "engine_version"]


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    list_display = ["experiment", "finding", "effect", "low", "high", "published_at"]
    list_filter = ["finding"]


@admin.register(Look)
class LookAdmin(ReadOnlyAdmin):
    list_display = ["experiment", "at", "engine_version"]


@admin.register(Synthesis)
class SynthesisAdmin(ReadOnlyAdmin):
    list_display = ["question", "at", "engine_version"]
