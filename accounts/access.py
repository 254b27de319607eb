"""Who may do what, on one page. The first line of every view asks here or in reviews.access."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import Role, User


def signed_in(request: HttpRequest) -> User:
    """Returns the person. Strangers never get here: LoginRequiredMiddleware sends them to sign in."""
    if not isinstance(request.user, User):
        raise PermissionDenied("Sign in first.")
    return request.user


def require(request: HttpRequest, role: Role) -> User:
    """Returns the person when their role reaches `role`. Raises PermissionDenied, in words, when it does not."""
    user = signed_in(request)
    if not user.may(role):
        raise PermissionDenied(f"Your role is {user.role_label}. This needs {role.label} or above.")
    return user
