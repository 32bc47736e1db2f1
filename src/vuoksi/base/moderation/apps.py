from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ModerationConfig(AppConfig):
    name = "vuoksi.base.moderation"
    label = "moderation"

    def ready(self) -> None:
        from vuoksi.base.moderation import actions, queries  # noqa: PLC0415 - models are there from now on
        from vuoksi.base.talk import about  # noqa: PLC0415 - as above

        about.doubted_by(lambda author, text, at: queries.doubt(author=author, texts=[text], at=at))
        about.when_held(actions.hold_comment)
        autodiscover_modules("links")
