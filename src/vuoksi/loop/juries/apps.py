from django.apps import AppConfig


class JuriesConfig(AppConfig):
    name = "vuoksi.loop.juries"
    label = "juries"
