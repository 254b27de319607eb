from django.urls import path

from notifications import appeal_views as views

app_name = "appeals"
urlpatterns = [
    path("items/<int:pk>/appeal/", views.page, name="page"),
    path("items/<int:pk>/appeal/begin/", views.begin, name="begin"),
    path("items/<int:pk>/appeal/save/", views.save, name="save"),
    path("items/<int:pk>/appeal/rewrite/", views.rewrite, name="rewrite"),
    path("items/<int:pk>/appeal/mail/", views.mail, name="mail"),
    path("items/<int:pk>/appeal/elsewhere/", views.elsewhere, name="elsewhere"),
    path("items/<int:pk>/appeal/ticket/", views.ticket, name="ticket"),
    path("items/<int:pk>/appeal/answer/", views.answer, name="answer"),
    path("items/<int:pk>/appeal/settle/", views.settle, name="settle"),
    path("items/<int:pk>/appeal/withdraw/", views.withdraw, name="withdraw"),
]
