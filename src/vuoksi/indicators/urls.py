from django.urls import path

from vuoksi.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.indicators, name="indicators"),
    path("new/", views.create, name="create"),
    path("<str:key>/", views.indicator, name="indicator"),
    path("<str:key>/edit/", views.edit, name="edit"),
    path("<str:key>/publish/", views.publish, name="publish"),
    path("<str:key>/import/", views.import_figures, name="import"),
    path("<str:key>/ledger/", views.ledger, name="ledger"),
]
