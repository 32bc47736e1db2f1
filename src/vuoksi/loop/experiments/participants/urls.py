from django.urls import path

from vuoksi.loop.experiments.participants import feeds
from vuoksi.loop.experiments.participants.views import (
    guardians,
    joining,
    leading,
    own,
    reading,
    writing,
)

app_name = "participants"

urlpatterns = [
    path("take-part/", reading.recruitments, name="recruitments"),
    path("take-part/feed/", feeds.RecruitmentFeed(), name="feed"),
    path("take-part/invited/<str:token>/", joining.open_invitation, name="open_invitation"),
    path("take-part/own/<str:token>/", own.open_own, name="open_own"),
    path("take-part/guardian/<str:token>/", guardians.open_guardian, name="open_guardian"),
    path("take-part/guardian/", guardians.guardian, name="guardian"),
    path("me/participation/", own.all_mine, name="all_mine"),
    path("participation/<uuid:page>/", own.mine, name="mine"),
    path("participation/<uuid:page>/accept/", own.accept, name="accept"),
    path("participation/<uuid:page>/agree/", own.agree, name="agree"),
    path("participation/<uuid:page>/withdraw/", own.withdraw, name="withdraw"),
    path("participation/<uuid:page>/surveys/<int:pk>/", own.answer, name="answer"),
    path("experiments/<slug:slug>/take-part/", reading.recruitment, name="recruitment"),
    path("experiments/<slug:slug>/take-part/fit/", joining.check, name="check"),
    path("experiments/<slug:slug>/take-part/join/", joining.join, name="join"),
    path("experiments/<slug:slug>/take-part/link/", joining.ask_link, name="ask_link"),
    path("experiments/<slug:slug>/take-part/find/", own.find, name="find"),
    path("experiments/<slug:slug>/take-part/withdrawn/", own.withdrawn, name="withdrawn"),
    path("experiments/<slug:slug>/participants/", leading.lead, name="lead"),
    path("experiments/<slug:slug>/participants/new/", leading.create, name="create"),
    path("experiments/<slug:slug>/participants/edit/", leading.edit, name="edit"),
    path("experiments/<slug:slug>/participants/questions/", leading.questions, name="questions"),
    path("experiments/<slug:slug>/participants/open/", leading.open_recruitment, name="open"),
    path("experiments/<slug:slug>/participants/close/", leading.close_recruitment, name="close"),
    path("experiments/<slug:slug>/participants/invite/", leading.invite, name="invite"),
    path("experiments/<slug:slug>/participants/key/", leading.key, name="key"),
    path("experiments/<slug:slug>/participants/keepers/", leading.keepers, name="keepers"),
    path("experiments/<slug:slug>/participants/<int:pk>/settle/", leading.settle, name="settle"),
    path("experiments/<slug:slug>/participants/consents/", writing.consents, name="consents"),
    path(
        "experiments/<slug:slug>/participants/consents/write/",
        writing.write_consent,
        name="write_consent",
    ),
    path(
        "experiments/<slug:slug>/participants/consents/publish/",
        writing.publish_consent,
        name="publish_consent",
    ),
    path(
        "experiments/<slug:slug>/participants/surveys/<slug:moment>/",
        writing.survey,
        name="survey",
    ),
    path(
        "experiments/<slug:slug>/participants/surveys/<slug:moment>/step/",
        writing.step_survey,
        name="step_survey",
    ),
]
