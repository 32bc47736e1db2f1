from django.urls import path

from vuoksi.base.privacy import views

app_name = "privacy"
urlpatterns = [
    path("privacy/", views.retention, name="retention"),
    path("me/data/", views.data, name="data"),
    path("me/data/export/", views.ask_export, name="ask_export"),
    path("me/data/export/<int:pk>/", views.download, name="download"),
    path("me/erasure/", views.erasure, name="erasure"),
    path("me/erasure/cancel/", views.cancel_erasure, name="cancel_erasure"),
    path("me/consents/", views.consents, name="consents"),
]
