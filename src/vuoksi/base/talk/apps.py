from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TalkConfig(AppConfig):
    name = "vuoksi.base.talk"
    label = "talk"

    def ready(self) -> None:
        autodiscover_modules("links")
