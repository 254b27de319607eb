from django.urls import path

from accounts import people_views, views

app_name = "accounts"
urlpatterns = [
    path("first/<token>/", views.first_administrator, name="first"),
    path("join/<token>/", views.join, name="join"),
    path("settings/", views.settings, name="settings"),
    path("settings/profile/", views.profile, name="profile"),
    path("settings/theme/", views.theme, name="theme"),
    path("settings/people/", people_views.index, name="people"),
    path("settings/people/invite/", people_views.invite, name="invite"),
    path("settings/people/<int:pk>/", people_views.person, name="person"),
    path("settings/people/<int:pk>/link/", people_views.new_link, name="new_link"),
    path("settings/people/<int:pk>/deactivate/", people_views.deactivate, name="deactivate"),
    path("settings/people/<int:pk>/reactivate/", people_views.reactivate, name="reactivate"),
    path("settings/activity/", people_views.activity, name="audit"),
]
