from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "vuoksi.site"
    label = "site"
