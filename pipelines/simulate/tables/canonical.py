"""The whole story as a company's canonical tables, one record per table."""

from dataclasses import dataclass

from pipelines.simulate.cases.bookings import on_file
from pipelines.simulate.cases.life import Life
from pipelines.simulate.cases.timeline import given, timeline
from pipelines.simulate.tables.compensations import Compensations, compensations
from pipelines.simulate.tables.contacts import Interactions, interactions
from pipelines.simulate.tables.customers import ComparisonSubjects, Customers, comparison_subjects, customers
from pipelines.simulate.tables.incidents import Incidents, Promises, incidents, promises
from pipelines.simulate.tables.orders import Orders, orders
from pipelines.simulate.tables.plan import (
    AuthorityLimits,
    Exposure,
    Fixes,
    StaffPulse,
    Standards,
    authority_limits,
    exposure,
    fixes,
    staff_pulse,
    standards,
)
from pipelines.simulate.tables.voices import WordOfMouth, word_of_mouth


@dataclass(frozen=True)
class Tables:
    """One field per canonical table that the group supplies; times in UTC."""

    incidents: Incidents
    interactions: Interactions
    compensations: Compensations
    orders: Orders
    customers: Customers
    word_of_mouth: WordOfMouth
    promises: Promises
    standards: Standards
    authority_limits: AuthorityLimits
    fixes: Fixes
    exposure: Exposure
    staff_pulse: StaffPulse
    comparison_subjects: ComparisonSubjects


def tables_of(life: Life, seed: int) -> Tables:
    """The story written down."""
    steps, file = timeline(life, seed), on_file(life, seed)
    gifts = given(life, steps, seed)
    return Tables(
        incidents=incidents(life, steps, seed),
        interactions=interactions(life, steps, seed),
        compensations=compensations(life, gifts, seed),
        orders=orders(life, file, gifts, seed),
        customers=customers(file),
        word_of_mouth=word_of_mouth(life, file, seed),
        promises=promises(life, steps, seed),
        standards=standards(),
        authority_limits=authority_limits(),
        fixes=fixes(),
        exposure=exposure(seed),
        staff_pulse=staff_pulse(seed),
        comparison_subjects=comparison_subjects(life, file),
    )
