from django.urls import path

from sync import views

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
]
