from django.apps import AppConfig


class TestbedsConfig(AppConfig):
    name = "vuoksi.loop.experiments.testbeds"
    label = "testbeds"
