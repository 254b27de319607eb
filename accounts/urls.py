from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("first/<token>/", views.first_administrator, name="first"),
]
