from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "vuoksi.loop.experiments.plans"
    label = "experiments"
