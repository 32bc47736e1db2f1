"""An admin that shows everything and changes nothing: writes belong to actions."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest


class ReadOnly:
    """Takes from an admin class whatever could change a row."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}


class ReadOnlySite(admin.AdminSite):
    """Makes every admin class read-only, also those that other packages bring."""

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        base = admin_class or admin.ModelAdmin
        shown = base if issubclass(base, ReadOnly) else type(base.__name__, (ReadOnly, base), {})
        super().register(model_or_iterable, shown, **options)


class ReadOnlyAdminConfig(AdminConfig):
    """Django's admin app with the site above."""

    default_site = "vuoksi.base.audit.readonly.ReadOnlySite"
