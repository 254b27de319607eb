"""What the pages point at is there: files, headings, commands, modules and constraints."""

import argparse
import importlib
import re
from pathlib import Path
from pkgutil import resolve_name

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class

from launch.commands import COMMANDS, HELP
from launch.places import ROOT
from launch.serve import parse
from reviews.models import Attempt
from tests.docs.pages import PAGES, code_of, named

PACKAGES = {path.parent.name for path in ROOT.glob("*/__init__.py")}
CALL = re.compile(r"\./run(?: +(?P<words>[^`|;]*))?")
each_page = pytest.mark.parametrize("document", PAGES, ids=named)


def anchor(heading: str) -> str:
    """As code hosts make it of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def anchors_of(page: Path) -> set[str]:
    return {anchor(heading) for heading in re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)}


@each_page
def test_a_link_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", document.read_text()):
        if "://" in target:
            continue
        file, _, heading = target.partition("#")
        there = (document.parent / file) if file else document
        assert there.exists(), target
        assert not heading or heading in anchors_of(there), target


@each_page
def test_a_command_can_be_given(document: Path) -> None:
    for code in code_of(document):
        for call in CALL.finditer(code):
            check_words(re.split(r"\s+#|^#| [<>] |, ", call["words"] or "")[0].split())


def check_words(words: list[str]) -> None:
    if not words or words[0] == "...":
        return
    if words[0].startswith("--"):
        for flag in words:
            if flag.startswith("--"):
                assert flag in HELP or flag in option_words(), flag
        return
    assert words[0] in COMMANDS or words[0] == "lock", words
    if words[0] == "manage":
        check_django_command([word for word in words[1:] if word not in ("--live", "--demo")])


def option_words() -> set[str]:
    """What `./run` itself takes, tried out."""
    parse(["--live", "--host", "127.0.0.1", "--port", "0", "--reset"])
    return {"--live", "--host", "--port", "--reset"}


def check_django_command(words: list[str]) -> None:
    """A command there is, with options it knows."""
    if not words or not re.fullmatch(r"[a-z_]+", words[0]):
        return
    commands = get_commands()
    assert words[0] in commands, words
    command = load_command_class(commands[words[0]], words[0])
    known = option_strings(command.create_parser("manage.py", words[0]))
    assert {word for word in words if word.startswith("--")} <= known, words


def option_strings(parser: argparse.ArgumentParser) -> set[str]:
    return {option for action in parser._actions for option in action.option_strings}


@each_page
def test_a_file_or_module_that_is_named_exists(document: Path) -> None:
    for code in code_of(document):
        if re.fullmatch(r"[a-z_.]+(/[\w.*-]+)+/?", code) and code.split("/")[0] not in ("var", "static"):
            assert list(ROOT.glob(code.rstrip("/"))), code
        if re.fullmatch(r"[a-z_]+(\.\w+)+", code) and code.split(".")[0] in PACKAGES and not (ROOT / code).exists():
            assert exists(code), code


def exists(name: str) -> bool:
    """A module, or something in one, fields of a dataclass included."""
    try:
        resolve_name(name)
    except (AttributeError, ImportError):
        owner, _, field = name.rpartition(".")
        module, _, cls = owner.rpartition(".")
        found = getattr(importlib.import_module(module), cls, None) if module else None
        return field in getattr(found, "__annotations__", {})
    return True


def test_every_constraint_is_named() -> None:
    text = (ROOT / "docs/flows.md").read_text().split("## What the database itself refuses")[1].split("\n## ")[0]
    ours = [model for model in apps.get_models() if model._meta.app_label in PACKAGES]
    constraints = {constraint.name for model in ours for constraint in model._meta.constraints}
    assert set(re.findall(r"`([a-z_]+)`", text)) == constraints


def test_every_state_of_an_attempt_is_drawn() -> None:
    text = (ROOT / "docs/flows.md").read_text().split("## The states of an attempt")[1].split("\n## ")[0]
    assert {state.name for state in Attempt.State} <= set(re.findall(r"[A-Z_]{6,}", text))
