from django.apps import AppConfig


class TalkConfig(AppConfig):
    name = "vuoksi.base.talk"
    label = "talk"
