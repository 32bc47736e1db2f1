from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "vuoksi.base.places"
    label = "places"
