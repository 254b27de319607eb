"""Finding by what people type: words by their beginnings, phone numbers however they are spaced, SIDs, codes.

The database keeps the words of each item in a column of its own (`Review.words`), so that a search costs the same
however many items there are. PostgreSQL's own text search does it, without dictionaries: names are not stemmed.
"""

import re
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Field, Func, Lookup, Q, QuerySet, Value
from django.db.models.functions import Right

from accounts.models import Customer

WORD = re.compile(r"[^\W_]+")
SID = re.compile(r"[A-Z]{2}[0-9a-f]{32}")
# A phone number is found by its beginning with or without the country, by its local part, and by its last digits.
NATIONAL, LOCAL, LAST = 10, 7, 4
LEAST_DIGITS = 4
CODE_DIGITS = 5
# So many customers are named to the database one by one; of more it finds them itself.
MOST_NAMED = 200


class Words(Func):
    """The words of these columns as a text search vector, in lower case and without their places.

    A migration builds a column with it: to change how words are made, write another class and a migration."""

    output_field: Field[Any, Any] = SearchVectorField()
    arg_joiner = " || ' ' || "
    template = "array_to_tsvector(array_remove(regexp_split_to_array(lower(%(expressions)s), '[^[:alnum:]]+'), ''))"


@SearchVectorField.register_lookup
class BeginnersOf(Lookup[Any]):
    """`words__begin=["lark", "bik"]`: each of these begins one of the vector's words."""

    lookup_name = "begin"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, params = self.process_lhs(compiler, connection)
        return f"{lhs} @@ %s::tsquery", (*params, " & ".join(f"'{word}':*" for word in self.rhs))


def words_of_review() -> Words:
    """What the column `words` is made of."""
    digits = Func(F("detail"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace")
    numbers = [Right(digits, length) for length in (NATIONAL, LOCAL, LAST)]
    return Words(F("title"), F("detail"), F("remote_key"), *numbers)


def found_by(said: str, customers: QuerySet[Customer]) -> Q:
    """A condition on reviews: anywhere in their names, numbers, SIDs and codes, or in the name of one of these
    customers. Asks one statement for the customers."""
    said = said.strip()
    if SID.fullmatch(said) and said.startswith("AC"):
        return Q(account__sid=said)
    words = WORD.findall(said.lower())
    if not words:
        return Q(pk__in=())
    found = Q(words__begin=words) | _of_customers(words, customers)
    if SID.fullmatch(said):
        found |= Q(owner_sids__contains=[said])
    return found | _by_number(said)


def _of_customers(words: list[str], customers: QuerySet[Customer]) -> Q:
    for word in words:
        customers = customers.filter(name__icontains=word)
    named = list(customers.order_by().values_list("pk", flat=True)[: MOST_NAMED + 1])
    return Q(customer__in=named if len(named) <= MOST_NAMED else customers.order_by().values("pk"))


def _by_number(said: str) -> Q:
    """Digits with nothing between them but what people put between them."""
    digits = re.sub(r"\D", "", said)
    if len(digits) < LEAST_DIGITS or re.search(r"[^\d\s()+.-]", said):
        return Q()
    by_code = Q(codes__contains=[int(digits)]) if len(digits) == CODE_DIGITS else Q()
    return Q(words__begin=[digits]) | by_code
