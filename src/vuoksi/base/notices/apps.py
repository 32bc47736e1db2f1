from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NoticesConfig(AppConfig):
    name = "vuoksi.base.notices"
    label = "notices"

    def ready(self) -> None:
        from vuoksi.base.notices import actions  # noqa: PLC0415 - models are there from now on
        from vuoksi.base.talk import about  # noqa: PLC0415 - as above

        about.when_written(actions.tell_of_comment)
        # Kinds before links: the settings page knows every kind, also one whose app has done nothing yet.
        autodiscover_modules("kinds", "links", "waiting", "tasks")
