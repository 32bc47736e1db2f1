from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PrivacyConfig(AppConfig):
    name = "vuoksi.base.privacy"
    label = "privacy"

    def ready(self) -> None:
        # What each app keeps about people, and how it forgets them.
        autodiscover_modules("personal")
