from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "vuoksi.loop.calls"
    label = "calls"
