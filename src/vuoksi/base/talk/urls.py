from django.urls import path

from vuoksi.base.talk import views

app_name = "talk"
urlpatterns = [
    path("comments/<int:pk>/reply/", views.reply, name="reply"),
    path("comments/<int:pk>/hide/", views.hide, name="hide"),
    path("comments/<int:pk>/show/", views.show, name="show"),
    path("<str:kind>/<str:pk>/comments/", views.comment, name="comment"),
    path("<str:kind>/<str:pk>/support/", views.support, name="support"),
    path("<str:kind>/<str:pk>/follow/", views.follow, name="follow"),
]
