from django.urls import path

from vuoksi.loop.experiments.measurements.sensorthings import views

app_name = "sensorthings"

urlpatterns = [
    path("", views.root, name="root"),
    path("CreateObservations", views.create_observations, name="create_observations"),
    path("<path:path>", views.resource, name="resource"),
]
