from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class StrategyConfig(AppConfig):
    name = "vuoksi.strategy"
    label = "strategy"

    def ready(self) -> None:
        autodiscover_modules("downstream", "checks")
