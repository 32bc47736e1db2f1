from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "vuoksi.indicators"
    label = "indicators"
