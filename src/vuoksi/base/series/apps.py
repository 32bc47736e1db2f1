from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SeriesConfig(AppConfig):
    name = "vuoksi.base.series"
    label = "series"

    def ready(self) -> None:
        # The apps that measure say there what they measure.
        autodiscover_modules("series")
