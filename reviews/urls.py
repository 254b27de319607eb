from django.urls import path

from reviews import views

app_name = "reviews"
urlpatterns = [
    path("", views.home, name="home"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/counts/", views.inbox_counts, name="inbox_counts"),
    path("items/", views.items, name="items"),
    path("items.csv", views.items_csv, name="items_csv"),
    path("items/<int:pk>/", views.item, name="item"),
    path("items/<int:pk>/count/", views.correct_count, name="correct_count"),
    path("keys/", views.keys, name="keys"),
]
