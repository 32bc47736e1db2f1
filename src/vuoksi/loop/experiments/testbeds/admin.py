from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.loop.experiments.testbeds.models import (
    Agreement,
    AgreementTemplate,
    Booking,
    FilledChecklist,
    Offering,
    Testbed,
)


@admin.register(Testbed)
class TestbedAdmin(ReadOnlyAdmin):
    list_display = ["title", "state", "owner"]


@admin.register(Offering)
class OfferingAdmin(ReadOnlyAdmin):
    list_display = ["title", "testbed", "kind", "units", "slot", "is_offered"]


@admin.register(Booking)
class BookingAdmin(ReadOnlyAdmin):
    list_display = ["offering", "experiment", "state", "starts_at", "ends_at"]
    list_filter = ["state"]


@admin.register(AgreementTemplate)
class AgreementTemplateAdmin(ReadOnlyAdmin):
    list_display = ["title", "language", "number", "is_offered"]


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdmin):
    list_display = ["template", "experiment", "partner", "state"]
    list_filter = ["state"]


@admin.register(FilledChecklist)
class FilledChecklistAdmin(ReadOnlyAdmin):
    list_display = ["experiment", "state", "signed_at"]
