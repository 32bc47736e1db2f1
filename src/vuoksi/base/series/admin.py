from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.base.series.models import Batch, Erasure, Store


@admin.register(Store)
class StoreAdmin(ReadOnlyAdmin):
    list_display = ["kind", "last_move", "synced_version", "forgotten_until", "tended_at"]


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    list_display = ["store", "at", "by", "sender", "added", "repeated"]
    list_filter = ["store"]


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    list_display = ["store", "column", "at"]
