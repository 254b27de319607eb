"""People and accounts for looking at. Changing them is the settings' work, where it is checked and written down."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from accounts.models import Customer, TwilioAccount, User

# The admin's own sign-in knows no second step.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class ReadOnly[Row: Model](admin.ModelAdmin[Row]):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(ReadOnly[User]):
    list_display = ("email", "name", "role", "all_customers", "is_active", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("email", "name")
    exclude = ("password",)


@admin.register(Customer)
class CustomerAdmin(ReadOnly[Customer]):
    list_display = ("name", "created_at")
    search_fields = ("name",)


@admin.register(TwilioAccount)
class TwilioAccountAdmin(ReadOnly[TwilioAccount]):
    list_display = ("name", "sid", "parent", "status", "last_read_at", "failing_since", "last_error")
    list_select_related = ("parent",)
    search_fields = ("name", "sid")
    exclude = ("sealed_secret",)
