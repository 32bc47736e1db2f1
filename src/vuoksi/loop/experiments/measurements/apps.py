from django.apps import AppConfig


class MeasurementsConfig(AppConfig):
    name = "vuoksi.loop.experiments.measurements"
    label = "measurements"
