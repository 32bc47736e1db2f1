from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CallsConfig(AppConfig):
    name = "vuoksi.loop.calls"
    label = "calls"

    def ready(self) -> None:
        # What comes with a call that is started from a template: panels, say.
        autodiscover_modules("starting")
