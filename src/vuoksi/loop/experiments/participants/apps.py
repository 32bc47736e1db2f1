from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "vuoksi.loop.experiments.participants"
    label = "participants"
