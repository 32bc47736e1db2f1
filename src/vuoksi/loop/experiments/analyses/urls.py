"""Every address about experiments: the three apps under one name."""

from django.urls import path

from vuoksi.loop.experiments.analyses import feeds, views
from vuoksi.loop.experiments.measurements.urls import urlpatterns as measurements
from vuoksi.loop.experiments.plans.urls import urlpatterns as plans

app_name = "experiments"

# Words that stand where an experiment's address stands are listed in plans.forms.RESERVED.
urlpatterns = [
    path("", views.experiments, name="experiments"),
    path("feed/", feeds.EvidenceFeed(), name="feed"),
    *plans,
    *measurements,
    path("<slug:slug>/", views.experiment, name="experiment"),
    path("<slug:slug>/analyse/", views.analyse, name="analyse"),
    path("<slug:slug>/analyses/<int:pk>/publish/", views.publish, name="publish"),
]
