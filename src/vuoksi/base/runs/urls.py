from django.urls import path

from vuoksi.base.runs import views

urlpatterns = [
    path("runs/", views.runs, name="runs"),
    path("runs/<int:pk>/", views.run, name="run"),
    path("runs/<int:pk>/cancel/", views.cancel, name="cancel_run"),
    path("runs/<int:pk>/result.json", views.download, name="run_result"),
]
