from django.apps import AppConfig


class RunsConfig(AppConfig):
    name = "vuoksi.base.runs"
    label = "runs"
