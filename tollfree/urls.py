from sync.repair_pages import repair_urls
from tollfree.desk import TollfreeDesk

app_name = "tollfree"
urlpatterns = repair_urls(TollfreeDesk)
