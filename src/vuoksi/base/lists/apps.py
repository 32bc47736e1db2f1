from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "vuoksi.base.lists"
    label = "lists"
