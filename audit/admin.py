from django.contrib import admin
from django.http import HttpRequest

from audit.models import Entry


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin[Entry]):
    """For looking at: the database refuses every change, so nothing here offers one."""

    list_display = ("at", "actor_name", "verb", "subject_name", "detail_text")
    list_filter = ("verb",)
    search_fields = ("actor_name", "subject_name")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False
