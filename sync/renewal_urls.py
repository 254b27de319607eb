from django.urls import path

from sync import renewal_pages

app_name = "renewals"
urlpatterns = [
    path("of/<int:pk>/", renewal_pages.start, name="start"),
    path("<int:pk>/", renewal_pages.page, name="page"),
    path("<int:pk>/form/", renewal_pages.form, name="form"),
    path("<int:pk>/form/save/", renewal_pages.save, name="save"),
    path("<int:pk>/form/ask/", renewal_pages.ask, name="ask"),
    path("<int:pk>/delete/", renewal_pages.delete, name="delete"),
    path("<int:pk>/review/", renewal_pages.review, name="review"),
    path("<int:pk>/cancel/", renewal_pages.cancel, name="cancel"),
    path("<int:pk>/waive/", renewal_pages.waive, name="waive"),
    path("<int:pk>/look/", renewal_pages.look, name="look"),
]
