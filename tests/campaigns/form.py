"""A window with the repair form open: it posts what a browser would, with what the page carried in hidden fields."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse

from reviews.models import Review

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Page

# A consent text with nothing to warn of.
GOOD_FLOW = (
    "Customers tick an optional, unchecked box on https://larkspur.example/book that reads: I agree to receive "
    "offers by text from Larkspur Bike Repair. Message frequency varies. Message and data rates may apply. "
    "Reply STOP to opt out, HELP for help. Terms https://larkspur.example/terms Privacy "
    "https://larkspur.example/privacy."
)


class Window:
    def __init__(self, client: Client, review: Review, pages: str = "campaigns") -> None:
        self.client, self.review, self.pages = client, review, pages
        self.shown: dict[str, Any] = {}

    def open(self, query: str = "") -> Page:
        return self._show(self.client.get(self.url("fix") + query))

    def save(self, **typed: Any) -> Page:
        """Presses Save draft."""
        return self._post("fix", {"then": "stay", **typed})

    def go_on(self, **typed: Any) -> Page:
        """Presses Review changes."""
        return self._post("fix", {"then": "review", **typed})

    def keep_this(self, **typed: Any) -> Page:
        """Presses Keep the text of this window."""
        return self._post("fix", {"over": "1", **typed})

    def pause(self, **typed: Any) -> Page:
        """Stops typing for a moment: the script saves, and takes over the revision it is answered with."""
        response = self.client.post(self.url("save"), self.fields(**typed), headers={"HX-Request": "true"})
        self.shown.update(hidden(response))
        return response

    def press(self, name: str, *args: Any, **data: Any) -> Page:
        return self.client.post(self.url(name, *args), data)

    def ask_review(self) -> Page:
        return self._show(self.client.get(self.url("review")))

    def resubmit(self, **over: Any) -> Page:
        """Opens the review page and presses its button; `over` replaces what its form carries, None leaves it out."""
        page = self.ask_review()
        carried = {**hidden(page), "note": textarea(page, "note"), **over}
        return self.client.post(self.url("review"), {key: value for key, value in carried.items() if value is not None})

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"{self.pages}:{name}", args=[self.review.pk, *args])

    def fields(self, **typed: Any) -> dict[str, Any]:
        """The form as it stands in the window, with what is typed over it; unticked boxes are absent."""
        self.shown.update(typed)
        return {name: value for name, value in self.shown.items() if value not in (None, False)}

    def _post(self, name: str, typed: dict[str, Any]) -> Page:
        buttons = {key: typed.pop(key) for key in ("then", "over") if key in typed}
        return self._show(self.client.post(self.url(name), self.fields(**typed) | buttons))

    def _show(self, response: Page) -> Page:
        """Takes over what the answer's form holds, as the browser would."""
        if response.context and (form := response.context.get("form")):
            self.shown = {name: form[name].value() for name in form.fields if not form[name].field.disabled}
            self.shown.update(hidden(response))
        return response


def text_of(response: Page) -> str:
    return response.content.decode()


def words_of(response: Page) -> str:
    """What a person reads: tags away, white space folded."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text_of(response))).split())


def hidden(response: Page) -> dict[str, str]:
    """The hidden fields our forms carry."""
    found = re.findall(r'<input type="hidden"[^>]*? name="(seen|revision|fee)" value="([^"]*)"', text_of(response))
    return {name: unescape(value) for name, value in reversed(found)}


def textarea(response: Page, name: str) -> str:
    found = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n?(.*?)</textarea>', text_of(response), re.DOTALL)
    return unescape(found[1]) if found else ""


def field_of(response: Page, name: str) -> str:
    """The piece of the page around one field: from its wrapper to the next field's."""
    page = text_of(response)
    at = page.index(f'name="{name}"')
    start = page.rindex('<div class="field', 0, at)
    end = page.find('<div class="field', at)
    return page[start : end if end > 0 else None]
