from django.urls import path

from sync import attempt_pages

app_name = "attempts"
urlpatterns = [
    path("<int:pk>/", attempt_pages.page, name="page"),
    path("<int:pk>/withdraw/", attempt_pages.withdraw, name="withdraw"),
    path("<int:pk>/read-back/", attempt_pages.read_back, name="read_back"),
    path("<int:pk>/settle/", attempt_pages.settle, name="settle"),
]
