from campaigns.desk import CampaignDesk
from sync.repair_pages import repair_urls

app_name = "campaigns"
urlpatterns = repair_urls(CampaignDesk)
