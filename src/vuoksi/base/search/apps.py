from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "vuoksi.base.search"
    label = "search"
