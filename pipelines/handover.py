"""What the engine and the profile hand over to models and policy: marts as frames, declarations, small tables."""

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa

from pipelines.contracts.catalog.outcomes import declared_outcome
from pipelines.contracts.decided import Decision
from pipelines.engine import Engine
from pipelines.join.reported import relied_on
from pipelines.models.facts import Facts
from pipelines.policy.company import COMPANY_TABLES, Company
from pipelines.reading.load import Loaded
from pipelines.settings.profile import Profile


def frame_of(table: pa.Table) -> pd.DataFrame:
    """A mart as the models take it: money as float, everything else in pandas' own types."""
    money = [f.name for f in table.schema if pa.types.is_decimal(f.type)]
    for name in money:
        table = table.set_column(table.schema.get_field_index(name), name, table[name].cast(pa.float64()))
    frame: pd.DataFrame = table.to_pandas()
    return frame


def facts_of(profile: Profile, supplied: Mapping[str, frozenset[str]], reported: frozenset[str] = frozenset()) -> Facts:
    """What the models may know of the profile: declarations, never paths."""
    return Facts(
        horizons_days=profile.horizons_days,
        response_cap_minutes=profile.response_cap_minutes,
        severity_order=profile.severity_order,
        sampled_by=profile.sampled_by,
        randomised=profile.randomised,
        retention=profile.retention,
        supplied=supplied,
        covariates=profile.covariates,
        declared_outcomes=tuple(
            declared_outcome(o.id, o.label, o.unit, o.kind, higher_is_better=o.higher_is_better)
            for o in profile.outcomes
        ),
        crossed_segments=profile.crossed_segments,
        reported=relied_on(reported, supplied, profile.retention),
        waiting={question.waits: question.reason() for question in profile.questions},
        draw=profile.draw,
    )


def company_of(engine: Engine, profile: Profile, loaded: Loaded, decisions: tuple[Decision, ...] = ()) -> Company:
    """What the decision layer may know: declarations, past decisions, and the small tables of another grain."""
    tables = {name: frame_of(engine.table(f"SELECT * FROM {name}")) for name in COMPANY_TABLES}
    return Company(
        facts=facts_of(profile, loaded.supplied, loaded.reported),
        data_cut=loaded.data_cut,
        currency=profile.currency,
        margin_rate=profile.margin_rate,
        handling_cost_per_contact=profile.handling_cost_per_contact,
        speed_cost_per_hour=profile.speed_cost_per_hour,
        targets=profile.targets,
        decisions=decisions,
        **tables,
    )
