from django.urls import path

from vuoksi.base.ui import views

app_name = "ui"
urlpatterns = [
    path("design/", views.design, name="design"),
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
    path("charts/file/", views.chart_file, name="chart_file"),
]
