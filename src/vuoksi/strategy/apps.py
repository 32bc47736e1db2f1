from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "vuoksi.strategy"
    label = "strategy"
