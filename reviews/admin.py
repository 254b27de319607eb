"""The mirror for looking at, never for changing: what Twilio said and what was sent are not ours to edit."""

from django.contrib import admin
from django.http import HttpRequest

from reviews.models import Appeal, Attempt, Review, StatusChange


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Review)
class ReviewAdmin(ReadOnly):
    list_display = ("title", "kind", "customer", "status", "twilio_status", "status_since", "as_of", "gone_at")
    list_filter = ("kind", "status")
    list_select_related = ("customer",)
    search_fields = ("title", "sid", "customer__name")


@admin.register(StatusChange)
class StatusChangeAdmin(ReadOnly):
    list_display = ("review", "at", "source", "old_twilio_status", "new_twilio_status", "announced_at")
    list_filter = ("source", "new_status")
    list_select_related = ("review",)


@admin.register(Attempt)
class AttemptAdmin(ReadOnly):
    list_display = ("review", "number", "state", "origin", "by_name", "fee", "created_at", "settled_at")
    list_filter = ("state", "origin")
    list_select_related = ("review",)


@admin.register(Appeal)
class AppealAdmin(ReadOnly):
    list_display = ("review", "state", "subject", "sender_name", "to", "sent_at", "outcome", "settled_at")
    list_filter = ("state", "outcome")
    list_select_related = ("review",)
