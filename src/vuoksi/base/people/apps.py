from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "vuoksi.base.people"
    label = "people"
