from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.base.privacy.models import Erasure, Export


@admin.register(Export)
class ExportAdmin(ReadOnlyAdmin):
    list_display = ["asked_at", "size_bytes", "expires_at"]
    exclude = ["file"]


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    list_display = ["asked_at", "due_at", "cancelled_at", "done_at"]
