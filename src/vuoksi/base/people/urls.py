from django.urls import path, re_path

from vuoksi.base.people import views

urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/tokens/new/", views.new_token, name="new_token"),
    path("me/tokens/<int:pk>/revoke/", views.revoke_token, name="revoke_token"),
    path("people/", views.people, name="people"),
    path("people/<int:pk>/", views.person, name="person"),
    re_path(
        r"^people/(?P<pk>\d{1,18})/(?P<change>grant|withdraw)/$",
        views.change_role,
        name="change_role",
    ),
]
