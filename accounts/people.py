"""Letting people in and out, and what they may do. Nothing here can lock the last administrator out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import Customer, Role, User
from audit.record import record


class NotAllowed(Exception):
    """Why not, in a sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a person may do, and for whom; no customers are needed where it is for all of them."""

    role: str
    all_customers: bool = True
    customers: tuple[Customer, ...] = ()

    def as_json(self) -> dict[str, Any]:
        whom = "all" if self.all_customers else [customer.name for customer in self.customers]
        return {"role": self.role, "customers": whom}


@transaction.atomic
def invite(by: User, email: str, name: str, grant: Grant) -> User:
    """Returns the new person, who cannot sign in before choosing a password. IntegrityError if the address is taken."""
    person = User.objects.create_user(email, name=name, role=grant.role, all_customers=grant.all_customers)
    person.customers.set(grant.customers)
    record(by, "person:invited", person.subject, person.display_name, **grant.as_json())
    return person


@transaction.atomic
def change(by: User, person_id: int, grant: Grant) -> User:
    """Gives a person another role or other customers. Raises NotAllowed."""
    person = _locked(person_id)
    if grant.role != person.role:
        _refuse_to_oneself(by, person, "Another administrator has to change your role.")
        _refuse_for_the_last(person)
    person.role, person.all_customers = grant.role, grant.all_customers
    person.save(update_fields=["role", "all_customers"])
    person.customers.set(grant.customers)
    record(by, "person:changed", person.subject, person.display_name, **grant.as_json())
    return person


@transaction.atomic
def deactivate(by: User, person_id: int) -> User:
    """Ends a person's access at once, also where they are signed in. Raises NotAllowed."""
    person = _locked(person_id)
    _refuse_to_oneself(by, person, "Another administrator has to deactivate you.")
    _refuse_for_the_last(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    record(by, "person:deactivated", person.subject, person.display_name)
    return person


@transaction.atomic
def reactivate(by: User, person_id: int) -> User:
    person = _locked(person_id)
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(by, "person:reactivated", person.subject, person.display_name)
    return person


def administrators() -> Iterable[User]:
    return User.objects.filter(role=Role.ADMINISTRATOR, is_active=True)


def _locked(person_id: int) -> User:
    """The person's row and those of all administrators, always in one order: two of them cannot remove each other."""
    list(User.objects.filter(role=Role.ADMINISTRATOR).select_for_update().order_by("pk"))
    return User.objects.select_for_update().get(pk=person_id)


def _refuse_to_oneself(by: User, person: User, why: str) -> None:
    if by.pk == person.pk:
        raise NotAllowed(why)


def _refuse_for_the_last(person: User) -> None:
    if not any(other.pk != person.pk for other in administrators()):
        raise NotAllowed("This is the last administrator. Make somebody else one first.")
