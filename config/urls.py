"""Every address of the product, one line per room."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from accounts.urls import urlpatterns as people_urls
from config import health
from config.metrics.view import metrics
from reviews.customers_urls import urlpatterns as customer_urls
from reviews.styleguide import styleguide
from sync.check import check_now
from sync.webhook import receive

urlpatterns: list[URLPattern | URLResolver] = [
    path("hooks/twilio/<str:account_sid>/<str:secret>/", receive, name="twilio_hook"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("metrics", metrics, name="metrics"),
    path("", include("reviews.urls")),
    path("", include("reviews.opt_in_urls")),
    path("", include("notifications.appeal_urls")),
    path("items/<int:pk>/check/", check_now, name="check_now"),
    path("campaigns/", include("campaigns.urls")),
    path("brands/", include("brands.urls")),
    path("tollfree/", include("tollfree.urls")),
    path("attempts/", include("sync.attempt_urls")),
    path("renewals/", include("sync.renewal_urls")),
    path("codes/", include("reviews.codes_urls")),
    path("settings/twilio/", include("sync.urls")),
    path("settings/house/", include("reviews.house_urls")),
    path("", include((people_urls + customer_urls, "accounts"))),
    path("sign-in/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
handler500 = "config.broken.broken"
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))
