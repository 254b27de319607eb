from django.urls import path

from reviews import opt_in_views

app_name = "opt_in"
urlpatterns = [path("items/<int:pk>/opt-in/", opt_in_views.page, name="page")]
