"""What CONTRIBUTING asks of a kind of review, asked of every kind there is."""

import inspect
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import apps

import brands.remote
import campaigns.remote
import tollfree.remote
from reviews.contract import Kind, Renewable, Unreadable
from reviews.kinds import kinds
from reviews.models import Review
from rulebook.rejections import KINDS

# Here the type checker compares each module with the contract; reviews.kinds knows them by their paths only.
TYPED: list[Kind] = [brands.remote, campaigns.remote, tollfree.remote]

ROOT = Path(__file__).parents[2]
# In the order in which a kind is read.
FILES = (
    "models", "remote", "draft", "policy", "checks", "repair", "forms", "desk", "show", "urls", "migrations",
)  # fmt: skip
SHARED = (
    "reviews", "sync", "notifications", "accounts", "audit", "templates/reviews", "templates/repair",
    "templates/renewal", "templates/appeals", "templates/sync", "templates/customers", "templates/notifications",
)  # fmt: skip
# Pages of examples.
SHOWN_ONLY = ("styleguide.py", "styleguide.html")

QUESTIONS = {name: inspect.signature(ask) for name, ask in vars(Kind).items() if inspect.isfunction(ask)}
ANEW = {name: inspect.signature(ask) for name, ask in vars(Renewable).items() if inspect.isfunction(ask)}
each_kind = pytest.mark.parametrize("kind", kinds().values(), ids=kinds())


def package_of(kind: Kind) -> str:
    return str(kind).split("'")[1].split(".")[0]


def test_the_type_checker_sees_every_kind() -> None:
    assert list(kinds().values()) == TYPED


@each_kind
@pytest.mark.parametrize("question", [name for name in QUESTIONS if not name.startswith("_")])
def test_it_answers_every_question_of_the_contract(kind: Kind, question: str) -> None:
    asked = [name for name in QUESTIONS[question].parameters if name != "self"]
    assert list(inspect.signature(getattr(kind, question)).parameters) == asked


@each_kind
@pytest.mark.parametrize("question", [name for name in ANEW if not name.startswith("_")])
def test_what_is_made_anew_answers_every_question_of_that(kind: Kind, question: str) -> None:
    if kind.renewal is None:
        return
    asked = [name for name in ANEW[question].parameters if name != "self"]
    assert list(inspect.signature(getattr(kind.renewal, question)).parameters) == asked


@each_kind
def test_it_has_a_name_for_people_and_one_for_the_rulebook(kind: Kind) -> None:
    assert kind.slug in KINDS
    assert kind.label
    assert kind.plural


@each_kind
def test_its_own_row_has_one_review(kind: Kind) -> None:
    owners = [field.one_to_one for model in apps.get_app_config(package_of(kind)).get_models()
              for field in model._meta.fields if field.related_model is Review]  # fmt: skip
    assert owners == [True]


@each_kind
def test_it_is_built_of_the_same_files(kind: Kind) -> None:
    package = package_of(kind)
    assert [name for name in FILES if not find_spec(f"{package}.{name}")] == []


def test_no_kind_is_asked_for_by_name_outside_its_own_package() -> None:
    """What differs by kind is a question of the contract, or a row of the rulebook."""
    words = "|".join([*kinds(), *{package_of(kind) for kind in kinds().values()}])
    named = re.compile(rf"""["']({words})["']""")
    shared = [path for package in SHARED for path in (ROOT / package).rglob("*.*") if path.suffix in (".py", ".html")]
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in shared
        if "migrations" not in path.parts and path.name not in SHOWN_ONLY
        for line in path.read_text().splitlines()
        if named.search(line)
    ]
    assert found == []


@each_kind
@pytest.mark.parametrize("payload", [{}, {"sid": None}, {"sid": 7.5, "status": []}])
def test_a_payload_without_an_identity_is_unreadable_and_nothing_worse(kind: Kind, payload: dict[str, object]) -> None:
    try:
        kind.read(payload)
    except Unreadable:
        return
    assert kind.identity(payload)
