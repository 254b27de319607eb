from django.urls import path

from reviews import house_views

app_name = "house"
urlpatterns = [
    path("", house_views.rules, name="rules"),
    path("note/", house_views.note, name="note"),
    path("notes/<int:pk>/remove/", house_views.remove_note, name="remove_note"),
    path("checks/<slug:rule>/", house_views.check, name="check"),
]
