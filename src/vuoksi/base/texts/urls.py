from django.urls import path

from vuoksi.base.texts import views

app_name = "texts"
urlpatterns = [
    path("<str:kind>/<str:pk>/", views.languages, name="languages"),
    path("<str:kind>/<str:pk>/<str:language>/", views.translate, name="translate"),
]
