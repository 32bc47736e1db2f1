from django.urls import path

from vuoksi.base.talk import views

app_name = "talk"
urlpatterns = [
    path("comments/<int:pk>/reply/", views.reply, name="reply"),
    path("<str:kind>/<str:pk>/comments/", views.comment, name="comment"),
    path("<str:kind>/<str:pk>/support/", views.support, name="support"),
    path("<str:kind>/<str:pk>/follow/", views.follow, name="follow"),
]
