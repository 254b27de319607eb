"""docs/settings.md names what the code reads from the environment, all of it and nothing else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from launch.places import ROOT

TEXT = (ROOT / "docs/settings.md").read_text()
ROWS = re.findall(r"^\| (`[A-Z][^|]*) \| ([^|]*) \|", TEXT, re.MULTILINE)
DOCUMENTED = {name for names, _ in ROWS for name in re.findall(r"`([A-Z_]+)`", names)}

# How the environment is called where it is read; `given` is the launcher's copy of it.
ENVIRONMENTS = {"environ", "env", "given"}
READING = {"get", "pop", "setdefault", "getenv"}
NAME = re.compile(r"[A-Z][A-Z_]{2,}")
# Read by programs and libraries that are not ours.
FOR_OTHERS = {"REMAP_SIGTERM", "HTTPS_PROXY"}


def programs() -> list[Path]:
    """All that reads the environment: our packages, the launcher, and the tests, which have names of their own."""
    ours = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    return [ROOT / "run", ROOT / "manage.py", *(file for name in sorted(ours) for file in ROOT.glob(f"{name}/**/*.py"))]


def names_read_by(program: Path) -> set[str]:
    return {name for node in ast.walk(ast.parse(program.read_text())) for name in _names(node) if NAME.fullmatch(name)}


def _names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Attribute(value=source, attr=verb), args=[ast.Constant(value=str(name)), *_]):
            # env.bool("DEBUG"), os.environ.get("REDRESS_VAR"), given.get("PUBLIC_BASE_URL")
            if _called(source) in ENVIRONMENTS and (verb in READING or program_setting(source)):
                yield name
        case ast.Subscript(value=source, slice=ast.Constant(value=str(name))) if _called(source) in ENVIRONMENTS:
            yield name
        case ast.Compare(left=ast.Constant(value=str(name)), comparators=[source]) if _called(source) in ENVIRONMENTS:
            yield name
        case ast.comprehension(iter=ast.Tuple(elts=names), ifs=[ast.Compare(comparators=[source])]):
            # for name in ("SECRET_KEY", "REDRESS_SECRET_KEYS") if name in given
            if _called(source) in ENVIRONMENTS:
                yield from (str(n.value) for n in names if isinstance(n, ast.Constant))


def _called(source: ast.expr) -> str:
    return source.attr if isinstance(source, ast.Attribute) else getattr(source, "id", "")


def program_setting(source: ast.expr) -> bool:
    """`env` of config/settings.py reads through a method for each type."""
    return isinstance(source, ast.Name) and source.id == "env"


def names_in_compose() -> set[str]:
    return set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))


def test_every_name_that_is_read_is_explained() -> None:
    read = set().union(*map(names_read_by, programs())) | names_in_compose() | FOR_OTHERS
    assert {"DEBUG", "SECRET_KEY", "REDRESS_VAR", "REDRESS_ADMIN_EMAIL", "NO_PROXY", "POSTGRES_PASSWORD"} <= read
    assert read == DOCUMENTED


def test_every_name_of_the_example_is_explained() -> None:
    example = re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert set(example) <= DOCUMENTED


def defaults() -> list[tuple[str, object]]:
    """The defaults that config/settings.py writes down as they are."""
    found = []
    for node in ast.walk(ast.parse((ROOT / "config/settings.py").read_text())):
        if isinstance(node, ast.Call) and list(_names(node)):
            for keyword in node.keywords:
                if keyword.arg == "default" and isinstance(keyword.value, ast.Constant | ast.List):
                    found.append((next(_names(node)), ast.literal_eval(keyword.value)))
    return found


@pytest.mark.parametrize(("name", "default"), dict(defaults()).items())
def test_a_default_is_told_as_it_is(name: str, default: object) -> None:
    told = next(told for names, told in ROWS if f"`{name}`" in names)
    assert told == as_written(default)


def as_written(default: object) -> str:
    match default:
        case "" | []:
            return "empty"
        case bool():
            return f"`{int(default)}`"
        case list():
            return f"`{','.join(map(str, default))}`"
        case float():
            return f"`{default:g}`"
    return f"`{default}`"
