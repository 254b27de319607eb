"""The filters of the item list. The address is the truth: what a form can set, a link can, and unknown words stay."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from accounts.models import Customer, TwilioAccount, User
from reviews.kinds import kinds
from reviews.models import Review, ReviewQuerySet
from reviews.paging import MOST_DIGITS
from reviews.risk import LABELS
from reviews.search import found_by
from reviews.status import Status

# More customers than this and a list of them helps nobody: their name goes into the search.
MOST_CHOICES = 300
CUT = "The first {} by name. For another, put its {} into Text."
GONE = [("", "Shown too"), ("hide", "Hidden"), ("only", "Only these")]
APPEALED = [("", "Any"), ("waiting", "Waiting for an answer"), ("no", "Not appealed")]
# Of this view alone; a link that narrows starts again at the first page.
PLACE = ("after", "before")


@dataclass(frozen=True, slots=True)
class Pill:
    """One filter in force, in words, and the address without it."""

    field: str
    what: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that sets one filter to one value."""

    label: str
    query: str
    is_current: bool


class LongSelect(forms.Select):
    """A choice among hundreds, written in one go: Django's own renders a template for each of them."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen, selected = self.format_value(value), mark_safe(" selected")
        rows = ((key, selected if str(key) in chosen else "", label) for key, label in self.choices)
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        return format_html("<select{}>{}</select>", flatatt(self.build_attrs({"name": name}, attrs)), options)


class ItemFilter(forms.Form):
    """What narrows the list. A value that cannot be read is said and narrows nothing."""

    q = forms.CharField(label="Text", required=False, max_length=100)
    state = forms.MultipleChoiceField(
        label="State", required=False, choices=Status.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.MultipleChoiceField(label="Kind", required=False, widget=forms.CheckboxSelectMultiple)
    code = forms.IntegerField(label="Code", required=False, min_value=1, max_value=2**31 - 1)
    customer = forms.IntegerField(label="Customer", required=False, widget=LongSelect)
    account = forms.IntegerField(label="Account", required=False, widget=LongSelect)
    risk = forms.MultipleChoiceField(
        label="Our checks", required=False, choices=list(LABELS.items()), widget=forms.CheckboxSelectMultiple
    )
    appealed = forms.ChoiceField(label="Appeal", required=False, choices=APPEALED)
    gone = forms.ChoiceField(label="Gone from Twilio", required=False, choices=GONE)

    def __init__(self, asked: QueryDict, user: User) -> None:
        super().__init__(asked)
        self.asked, self.user = asked, user
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "placeholder": "30909"}
        self._offer("kind", [(slug, kind.label) for slug, kind in kinds().items()])
        self._offer_named("customer", _customers_of(user), found_by="name")
        self._offer_named("account", _accounts_of(user), found_by="SID")
        self.is_valid()

    @property
    def values(self) -> dict[str, Any]:
        """What is set and could be read."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}

    def apply(self) -> ReviewQuerySet:
        """The person's items that fit."""
        found = Review.objects.visible_to(self.user)
        for name, value in self.values.items():
            found = found.filter(self._condition(name, value))
        return found

    def _condition(self, name: str, value: Any) -> Q:
        return found_by(value, _customers_of(self.user)) if name == "q" else _condition(name, value)

    def pills(self) -> Iterator[Pill]:
        """One for each filter in force; removing it keeps everything else in the address."""
        for name, value in self.values.items():
            label = str(self.fields[name].label)
            yield Pill(name, _operator(label, value), self._words(name, value), without(self.asked, name))

    def others(self) -> list[tuple[str, str]]:
        """What the address holds besides the filters: kept as it is when the form is sent."""
        return [(key, value) for key, values in self.asked.lists() for value in values if key not in self._own]

    def kinds(self) -> list[Choice]:
        return self._links("kind", "All kinds")

    def states(self) -> list[Choice]:
        return self._links("state", "All states")

    def _links(self, name: str, everything: str) -> list[Choice]:
        """One link for each choice alone, and one for all of them."""
        chosen, field = self.values.get(name, []), self.fields[name]
        links = [Choice(everything, without(self.asked, name), not chosen)]
        for value, label in getattr(field, "choices", ()):
            links.append(Choice(str(label), _with(self.asked, name, str(value)), chosen == [value]))
        return links

    @property
    def _own(self) -> set[str]:
        return {*self.fields, *PLACE}

    def _words(self, name: str, value: Any) -> str:
        choices = {str(key): str(word) for key, word in getattr(self.fields[name].widget, "choices", ())}
        values = value if isinstance(value, list) else [value]
        return ", ".join(choices.get(str(one), str(one)) for one in values)

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        field: Any = self.fields[name]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = choices
        else:
            field.widget.choices = [("", "Any"), *choices]

    def _offer_named(self, name: str, rows: Any, *, found_by: str) -> None:
        """The first by name, with the chosen one among them."""
        chosen = self.asked.get(name, "")
        found = list(rows.order_by("name").values_list("pk", "name")[: MOST_CHOICES + 1])
        if len(found) > MOST_CHOICES:
            found = found[:MOST_CHOICES]
            self.fields[name].help_text = CUT.format(MOST_CHOICES, found_by)
        if chosen.isdecimal() and len(chosen) <= MOST_DIGITS and int(chosen) not in dict(found):
            found += rows.filter(pk=chosen).values_list("pk", "name")
        self._offer(name, found)


def without(asked: QueryDict, *names: str) -> str:
    """The address's query without these and without the place in the list."""
    kept = asked.copy()
    for name in (*names, *PLACE):
        kept.pop(name, None)
    return kept.urlencode()


def _with(asked: QueryDict, name: str, value: str) -> str:
    kept = QueryDict(without(asked, name), mutable=True)
    kept[name] = value
    return kept.urlencode()


def _operator(label: str, value: Any) -> str:
    return f"{label} is any of" if isinstance(value, list) and len(value) > 1 else f"{label} is"


def _condition(name: str, value: Any) -> Q:
    match name:
        case "state":
            return Q(status__in=value)
        case "risk":
            return Q(risk__in=value)
        case "kind":
            return Q(kind__in=value)
        case "code":
            return Q(codes__contains=[value])
        case "appealed":
            return Q(appealed_at=None) if value == "no" else ~Q(appealed_at=None)
        case "gone":
            return Q(gone_at=None) if value == "hide" else ~Q(gone_at=None)
    return Q(**{name: value})


def _customers_of(user: User) -> QuerySet[Customer]:
    return Customer.objects.all() if user.all_customers else user.customers.all()


def _accounts_of(user: User) -> Any:
    everything = TwilioAccount.objects.all()
    return everything if user.all_customers else everything.filter(customer__in=user.customers.all())
