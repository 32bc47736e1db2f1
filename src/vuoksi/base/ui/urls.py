from django.urls import path

from vuoksi.base.ui import views

app_name = "ui"
urlpatterns = [path("theme/", views.theme, name="theme")]
