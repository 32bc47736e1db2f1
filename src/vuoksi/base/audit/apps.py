from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "vuoksi.base.audit"
    label = "audit"
