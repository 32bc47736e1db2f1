from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "vuoksi.base.ui"
    label = "ui"
