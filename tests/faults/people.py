"""People in front of the real web server: they sign in, press the button, and press it again when the page breaks."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from itertools import chain, repeat

import requests
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from campaigns import remote
from campaigns.forms import CampaignForm
from campaigns.models import Campaign
from reviews.models import Draft, Review
from tests.factories import make_user
from tests.waiting import until
from twilio_api.answer import Payload

FLOW = (
    "Customers tick an optional, unchecked box on https://larkspur.example/book that reads: I agree to receive "
    "offers by text from {name}. Message frequency varies. Message and data rates may apply. Reply STOP to opt out, "
    "HELP for help. Terms https://larkspur.example/terms Privacy https://larkspur.example/privacy. Form {form}."
)
# So long a person goes on pressing while the page breaks.
PERSEVERANCE = 90.0
BUTTON = "data-spends"
# One text in so many is typed from the start, page by page; the others are drafts already.
ONE_IN = 49


class Broken(Exception):
    """No page came, or one that says that the server failed."""


@dataclass(frozen=True)
class Wish:
    """A text that a person wants sent, as they typed it."""

    review_id: int
    flow: str
    # The text that is still to be typed over; None where a draft is kept already.
    stands: Mapping[str, object] | None = None


def _browser() -> requests.Session:
    """It asks no environment for proxies before each request: what it looks at is on this machine."""
    session = requests.Session()
    session.trust_env = False
    return session


@dataclass
class Person:
    """One browser. It knows nothing but what pages say."""

    user: User
    url: str
    session: requests.Session = field(default_factory=_browser)
    broken: list[str] = field(default_factory=list)  # pages that did not come, said that the server failed, or refused

    def sign_in(self) -> None:
        """As somebody who did so this morning: the session stands in the database, its cookie in the browser."""
        desk = Client()
        desk.force_login(self.user)
        self.session.cookies["sessionid"] = desk.cookies["sessionid"].value
        page = self.session.get(f"{self.url}/keys/", timeout=30)
        assert page.ok, page.text[:2000]
        assert "csrftoken" in self.session.cookies, "no page with a form"

    def send(self, wish: Wish) -> None:
        if wish.stands is None:
            self._send_draft(wish)
        else:
            self._type_and_send(wish, wish.stands)

    def _send_draft(self, wish: Wish) -> None:
        """Presses "Update and resubmit" on the page of the draft, which was opened before; when that page breaks,
        opens it again and looks, until a page says that it was taken."""
        opened = {
            "csrfmiddlewaretoken": self.session.cookies["csrftoken"],
            "revision": "1",  # it was saved once
            "fee": "0.00",
        }
        self._persevere(partial(self._press, wish), first=partial(self._pressed, wish, opened))

    def _type_and_send(self, wish: Wish, stands: Mapping[str, object]) -> None:
        """Opens the form, types the text, saves it until a page says that it is kept, looks at it, and presses."""
        self._persevere(partial(self._type, wish, stands))
        self._persevere(partial(self._press, wish))

    def _type(self, wish: Wish, stands: Mapping[str, object]) -> bool:
        path = reverse("campaigns:fix", args=[wish.review_id])
        form = self._asked("GET", path)
        typed = {**CampaignForm.fields_of(stands), "message_flow": wish.flow, "then": "review"}
        boxes = {name: str(value) for name, value in typed.items() if value not in (None, False)}
        return self._asked("POST", path, {**boxes, **_hidden(form.text)}).status_code == 302

    def _press(self, wish: Wish) -> bool:
        page = self._asked("GET", _page(wish))
        if page.status_code == 302 or BUTTON not in page.text:
            return True  # the draft was sent, or a submission is under way: pressed before, and the answer never came
        return self._pressed(wish, _hidden(page.text))

    def _pressed(self, wish: Wish, form: Mapping[str, str]) -> bool:
        sent = self._asked("POST", _page(wish), {**form, "note": "Says how often it comes and what it costs."})
        if sent.status_code == 422:
            raise Broken(f"422: {re.findall('<p>(.*?)</p>', sent.text)}")
        return sent.status_code == 302 and "/attempts/" in sent.headers["Location"]

    def _asked(self, method: str, path: str, form: Mapping[str, str] | None = None) -> requests.Response:
        """Raises Broken when no page came, or one that says that the server failed."""
        try:
            answer = self.session.request(
                method, self.url + path, data=form, headers=self._origin, allow_redirects=False, timeout=60
            )
        except requests.RequestException as error:
            raise Broken(str(error)) from error
        if answer.status_code >= 500:
            title = re.search("<h1>(.*?)</h1>", answer.text)
            raise Broken(f"{answer.status_code}: {title[1] if title else answer.text[:200]}")
        assert "/sign-in/" not in answer.headers.get("Location", ""), "the session was lost"
        return answer

    def _persevere(self, act: Callable[[], bool], first: Callable[[], bool] | None = None) -> None:
        tries = chain([first] if first else [], repeat(act))
        try:
            until(lambda: self._tried(next(tries)), PERSEVERANCE, every=0.1)
        except TimeoutError as error:
            raise TimeoutError(f"{error}; pages said {self.broken[-3:]}") from None

    def _tried(self, act: Callable[[], bool]) -> bool:
        try:
            return act()
        except Broken as broken:
            self.broken.append(str(broken))
            return False

    @property
    def _origin(self) -> dict[str, str]:
        return {"Referer": f"{self.url}/"}


def _page(wish: Wish) -> str:
    return reverse("campaigns:review", args=[wish.review_id])


def _hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page's first form that carries any; the same name twice is the same value."""
    found = re.findall(r'<input type="hidden"[^>]*? name="(\w+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in reversed(found)}


def invite(url: str) -> list[Person]:
    """Four who repair. Two of them want to be told of every change."""
    users = [make_user(Role.EDITOR, email=f"editor{n}@isv.example", alerts_on=n < 2) for n in range(4)]
    return [Person(user, url) for user in users]


def wishes_for(people: Sequence[Person], reviews: Sequence[Review], words: str) -> list[Wish]:
    """A text for each, by one person after the other. Most were typed and saved some time ago, some are still to be."""
    stands = [remote.read(payload).submission for payload in _payloads(reviews)]
    flows = [FLOW.format(name=review.title, form=words) for review in reviews]
    users = [people[n % len(people)].user for n in range(len(reviews))]
    Draft.objects.filter(user__in=users).delete()
    Draft.objects.bulk_create(
        Draft(review=review, user=user, fields={**CampaignForm.fields_of(shown), "message_flow": flow}, based_on=shown)
        for n, (review, user, shown, flow) in enumerate(zip(reviews, users, stands, flows, strict=True))
        if n % ONE_IN
    )
    return [
        Wish(review.pk, flow, stands=None if n % ONE_IN else shown)
        for n, (review, shown, flow) in enumerate(zip(reviews, stands, flows, strict=True))
    ]


def _payloads(reviews: Sequence[Review]) -> list[Payload]:
    """What Twilio showed of each when it was last read."""
    found = dict(Campaign.objects.filter(review__in=reviews).values_list("review", "payload"))
    return [found[review.pk] for review in reviews]


@contextmanager
def pressing(
    wishes: Sequence[Wish], people: Sequence[Person], pressed: Callable[[], None]
) -> Iterator[Callable[[], bool]]:
    """Everybody presses, one thing after the other, side by side with the block, which may ask whether all is done.

    The block has the first thread to itself: what a thread starts dies with it (PDEATHSIG)."""
    with ThreadPoolExecutor(len(people)) as desks:
        mine = [(person, wishes[n :: len(people)]) for n, person in enumerate(people)]
        all_done = [desks.submit(_press, person, theirs, pressed) for person, theirs in mine]
        try:
            yield lambda: all(done.done() for done in all_done)
        finally:
            # Somebody who gave up is why the block waited in vain.
            for done in all_done:
                done.result()


def _press(person: Person, wishes: Sequence[Wish], pressed: Callable[[], None]) -> None:
    for wish in wishes:
        person.send(wish)
        pressed()
