from django.urls import path

from vuoksi.loop.juries import views

app_name = "juries"
urlpatterns = [
    path("calls/<slug:slug>/panels/", views.panels, name="panels"),
    path("calls/<slug:slug>/panels/new/", views.create, name="create"),
    path("calls/<slug:slug>/results/", views.results, name="results"),
    path("calls/<slug:slug>/<int:pk>/jury/", views.feedback, name="feedback"),
    path("me/reviews/", views.my_panels, name="my_panels"),
    path("panels/<int:pk>/", views.panel, name="panel"),
    path("panels/<int:pk>/edit/", views.edit, name="edit"),
    path("panels/<int:pk>/criteria/", views.criteria, name="criteria"),
    path("panels/<int:pk>/rules/", views.change_rules, name="change_rules"),
    path("panels/<int:pk>/jurors/", views.jurors, name="jurors"),
    path("panels/<int:pk>/jurors/<int:seat>/remove/", views.remove_juror, name="remove_juror"),
    path("panels/<int:pk>/ranking.csv", views.ranking_csv, name="ranking_csv"),
    path("panels/<int:pk>/scores.csv", views.scores_csv, name="scores_csv"),
    path("panels/<int:pk>/ideas/", views.choose, name="choose"),
    path("panels/<int:pk>/open/", views.open_panel, name="open"),
    path("panels/<int:pk>/assign/", views.assign, name="assign"),
    path("panels/<int:pk>/remind/", views.remind, name="remind"),
    path("panels/<int:pk>/lock/", views.lock, name="lock"),
    path("panels/<int:pk>/reopen/", views.reopen, name="reopen"),
    path("panels/<int:pk>/rank/", views.rank, name="rank"),
    path("panels/<int:pk>/conclude/", views.conclude, name="conclude"),
    path("panels/<int:pk>/order/", views.order, name="order"),
    path("panels/<int:pk>/standings/", views.standings, name="standings"),
    path("panels/<int:pk>/ideas/<int:entry>/", views.discuss, name="discuss"),
    path("reviews/<int:pk>/", views.review, name="review"),
    path("reviews/<int:pk>/decline/", views.decline, name="decline"),
]
