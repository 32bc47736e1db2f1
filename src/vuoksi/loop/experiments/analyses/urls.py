"""Every address about experiments: the three apps under one name."""

from django.urls import path

from vuoksi.loop.experiments.analyses import feeds
from vuoksi.loop.experiments.analyses.views import planning, questions
from vuoksi.loop.experiments.analyses.views import reading as views
from vuoksi.loop.experiments.measurements.urls import urlpatterns as measurements
from vuoksi.loop.experiments.plans.urls import urlpatterns as plans

app_name = "experiments"

# Words that stand where an experiment's address stands are listed in plans.forms.RESERVED.
urlpatterns = [
    path("", views.experiments, name="experiments"),
    path("feed/", feeds.EvidenceFeed(), name="feed"),
    path("questions/", questions.questions, name="questions"),
    path("questions/new/", questions.ask, name="ask"),
    path("questions/<slug:slug>/", questions.question, name="question"),
    path("questions/<slug:slug>/edit/", questions.edit, name="edit_question"),
    path("questions/<slug:slug>/experiments/", questions.choose, name="choose"),
    *plans,
    *measurements,
    path("<slug:slug>/", views.experiment, name="experiment"),
    path("<slug:slug>/sample-size/", planning.sample_size, name="sample_size"),
    path("<slug:slug>/measures/", planning.measures, name="measures"),
    path("<slug:slug>/measures/<int:pk>/remove/", planning.remove_measure, name="remove_measure"),
    path("<slug:slug>/groups/", planning.groups, name="groups"),
    path("<slug:slug>/groups/new/", planning.make_groups, name="make_groups"),
    path("<slug:slug>/groups.json", planning.groups_file, name="groups_file"),
    path("<slug:slug>/deviate/", planning.deviate, name="deviate"),
    path("<slug:slug>/look/", views.look, name="look"),
    path("<slug:slug>/bundle.json", views.bundle, name="bundle"),
    path("<slug:slug>/analyse/", views.analyse, name="analyse"),
    path("<slug:slug>/analyses/<int:pk>/publish/", views.publish, name="publish"),
]
