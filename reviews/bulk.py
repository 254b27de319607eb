"""Many rows in one statement, whose text is the same for one row and for two hundred: they travel as one JSON
parameter, which PostgreSQL takes apart by the table's own columns.

Django's bulk_create and bulk_update write each value into the statement by itself, and that was the largest part of
what mirroring an item cost the worker (docs/performance.md). Not for what this JSON cannot say: JSON's own null would
become SQL's, and a column with bytes has no form.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import AutoField, Field, Model

type Column = Field[Any, Any]


def insert[M: Model](rows: Sequence[M]) -> Sequence[M]:
    """Writes new rows and returns them, with their keys."""
    if not rows:
        return rows
    table = Table(type(rows[0]))
    # In the order of the list, on which Django's own bulk_create relies too.
    keys = _run(f"{table.insertion} RETURNING {_quoted(table.key)}", rows, table.written, returning=True)
    for row, (pk,) in zip(rows, keys, strict=True):
        row.pk, row._state.adding, row._state.db = pk, False, connection.alias
    return rows


def upsert(rows: Sequence[Model], *, unique: str, update: Sequence[str]) -> None:
    """Writes rows, or of those whose unique field is there already just the fields to update. No two of them alike."""
    if not rows:
        return
    table = Table(type(rows[0]))
    changes = ", ".join(f"{name} = EXCLUDED.{name}" for name in map(_quoted, table.columns(update)))
    (conflict,) = map(_quoted, table.columns([unique]))
    _run(f"{table.insertion} ON CONFLICT ({conflict}) DO UPDATE SET {changes}", rows, table.written)


def update(rows: Sequence[Model], fields: Sequence[str]) -> None:
    """Writes these fields of rows that are there."""
    if not rows:
        return
    table = Table(type(rows[0]))
    columns, name, key = table.columns(fields), _quoted(table.name), _quoted(table.key)
    changes = ", ".join(f"{column} = told.{column}" for column in map(_quoted, columns))
    statement = f"UPDATE {name} SET {changes} FROM {table.told} WHERE {name}.{key} = told.{key}"  # noqa: S608
    _run(statement, rows, table.columns([table.key_field, *fields]))


class Table:
    """A model's table as these statements name it. All names come from the models, none from outside."""

    def __init__(self, model: type[Model]) -> None:
        self._meta = model._meta
        self.name, self.key_field = self._meta.db_table, self._meta.pk.name
        (self.key,) = self.columns([self.key_field])
        self.written = {f.column: f for f in self._meta.concrete_fields if f.column and _is_written(f)}

    def columns(self, fields: Sequence[str]) -> dict[str, Column]:
        concrete = {field.name: field for field in self._meta.concrete_fields}
        return {str(concrete[name].column): concrete[name] for name in fields}

    @property
    def insertion(self) -> str:
        names = ", ".join(map(_quoted, self.written))
        return f"INSERT INTO {_quoted(self.name)} ({names}) SELECT {names} FROM {self.told}"  # noqa: S608

    @property
    def told(self) -> str:
        return f"jsonb_populate_recordset(NULL::{_quoted(self.name)}, %s::jsonb) AS told"


def _run(
    statement: str, rows: Sequence[Model], columns: Mapping[str, Column], *, returning: bool = False
) -> list[tuple[Any, ...]]:
    told = [{name: field.pre_save(row, row._state.adding) for name, field in columns.items()} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(told, default=_as_text)])
        return cursor.fetchall() if returning else []


def _is_written(column: Column) -> bool:
    """What the database numbers or computes by itself is not."""
    return not isinstance(column, AutoField) and not column.generated


def _as_text(value: object) -> str:
    """With all digits: Django's own encoder cuts a moment to milliseconds."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"no JSON for a {type(value).__name__}")


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
