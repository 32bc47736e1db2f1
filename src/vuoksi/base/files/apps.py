from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "vuoksi.base.files"
    label = "files"
