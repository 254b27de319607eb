from django.urls import path

from sync.repair_pages import repair_urls
from tollfree import views
from tollfree.desk import TollfreeDesk

app_name = "tollfree"
urlpatterns = [*repair_urls(TollfreeDesk), path("<int:pk>/numbers/", views.numbers, name="numbers")]
