from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RunsConfig(AppConfig):
    name = "vuoksi.base.runs"
    label = "runs"

    def ready(self) -> None:
        # Kinds of long work and ticks register themselves there.
        autodiscover_modules("tasks")
