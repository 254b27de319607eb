from django.urls import path

from campaigns import views

app_name = "campaigns"
urlpatterns = [
    path("<int:pk>/fix/", views.fix, name="fix"),
    path("<int:pk>/fix/save/", views.save, name="save"),
    path("<int:pk>/fix/discard/", views.discard, name="discard"),
    path("<int:pk>/fix/restore/", views.restore, name="restore"),
    path("<int:pk>/fix/see-change/", views.see_change, name="see_change"),
    path("<int:pk>/fix/continue-from/<int:draft_pk>/", views.continue_from, name="continue_from"),
    path("<int:pk>/review/", views.review, name="review"),
]
