from django.urls import path

from brands import views
from brands.desk import BrandDesk
from sync.repair_pages import repair_urls

app_name = "brands"
urlpatterns = [
    *repair_urls(BrandDesk),
    path("<int:pk>/behind/", views.behind, name="behind"),
    path("<int:pk>/behind/read/", views.read, name="read"),
    path("<int:pk>/fix/papers/", views.papers, name="papers"),
    path("<int:pk>/otp/", views.otp, name="otp"),
    path("<int:pk>/vettings/", views.vetting, name="vetting"),
]
