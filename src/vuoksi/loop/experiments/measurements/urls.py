from django.urls import path

from vuoksi.loop.experiments.measurements import views

urlpatterns = [
    path("<slug:slug>/measurements/", views.measurements, name="measurements"),
    path("<slug:slug>/datastreams/<int:pk>/", views.datastream, name="datastream"),
    path("<slug:slug>/datastreams/<int:pk>/erase/", views.erase, name="erase_observations"),
    path("<slug:slug>/measurements/import/", views.import_measurements, name="import"),
    path("<slug:slug>/measurements/surveys/<slug:scale>/", views.pull_scores, name="pull_scores"),
    path("<slug:slug>/measurements/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
