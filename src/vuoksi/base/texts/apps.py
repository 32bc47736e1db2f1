from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "vuoksi.base.texts"
    label = "texts"
