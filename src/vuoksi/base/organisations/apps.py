from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "vuoksi.base.organisations"
    label = "organisations"
