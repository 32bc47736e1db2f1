from django.urls import path

from vuoksi.base.search import views

urlpatterns = [path("search/", views.search, name="search")]
