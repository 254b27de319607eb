from django.urls import path

from sync import event_views, views

app_name = "sync"
urlpatterns = [
    path("", views.accounts, name="accounts"),
    path("connect/", views.connect, name="connect"),
    path("<int:pk>/", views.account, name="account"),
    path("<int:pk>/read/", views.read, name="read"),
    path("<int:pk>/secret/", views.secret, name="secret"),
    path("<int:pk>/disconnect/", views.disconnect, name="disconnect"),
    path("<int:pk>/policy/", views.policy, name="policy"),
    path("<int:pk>/unreadable/", views.unreadable, name="unreadable"),
    path("<int:pk>/events/", event_views.events, name="events"),
    path("<int:pk>/events/on/", event_views.switch_on, name="events_on"),
    path("<int:pk>/events/off/", event_views.switch_off, name="events_off"),
]
