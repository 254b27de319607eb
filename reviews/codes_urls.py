from django.urls import path

from reviews import code_views

app_name = "codes"
urlpatterns = [
    path("", code_views.index, name="index"),
    path("<int:number>/", code_views.code, name="code"),
]
