from django.apps import AppConfig


class AnalysesConfig(AppConfig):
    name = "vuoksi.loop.experiments.analyses"
    label = "analyses"
