"""A window with the form of a new one open: it posts what a browser would, with what the page carried."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from reviews.models import Renewal, Review
from tests.campaigns.form import hidden

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Page

type Browser = Callable[[User], Client]


def start_url(review: Review) -> str:
    return reverse("renewals:start", args=[review.pk])


class RenewalWindow:
    def __init__(self, client: Client, renewal: Renewal) -> None:
        self.client, self.renewal = client, renewal
        self.shown: dict[str, Any] = {}

    def get(self, name: str) -> Page:
        return self.client.get(self.url(name))

    def post(self, page: str, **data: Any) -> Page:
        return self.client.post(self.url(page), data)

    def open(self) -> Page:
        return self._show(self.get("form"))

    def save(self, **typed: Any) -> Page:
        return self._show(self.client.post(self.url("form"), {**self.fields(**typed), "then": "stay"}))

    def go_on(self, **typed: Any) -> Page:
        return self._show(self.client.post(self.url("form"), {**self.fields(**typed), "then": "review"}))

    def pause(self, **typed: Any) -> Page:
        """Stops typing for a moment: the script saves."""
        response = self.client.post(self.url("save"), self.fields(**typed), headers={"HX-Request": "true"})
        self.shown.update(hidden(response))
        return response

    def create(self, **over: Any) -> Page:
        carried = {**hidden(self.get("review")), "agreed": "1", "warnings_reason": "Only the use case.", **over}
        return self.client.post(self.url("review"), {key: value for key, value in carried.items() if value is not None})

    def delete(self, **over: Any) -> Page:
        seen = self.get("delete").context["form"]["seen"].value()
        return self.client.post(self.url("delete"), {"name": self.renewal.review.title, "seen": seen, **over})

    def url(self, name: str) -> str:
        return reverse(f"renewals:{name}", args=[self.renewal.pk])

    def fields(self, **typed: Any) -> dict[str, Any]:
        self.shown.update(typed)
        return {name: value for name, value in self.shown.items() if value not in (None, False)}

    def _show(self, response: Page) -> Page:
        if response.context and (form := response.context.get("form")):
            self.shown = {field.name: field.value() for field in form}
            self.shown.update(hidden(response))
        return response


def window(client_for: Browser, user: User, renewal: Renewal) -> RenewalWindow:
    return RenewalWindow(client_for(user), renewal)
