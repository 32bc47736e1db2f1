from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "vuoksi.loop.decisions"
    label = "decisions"
