"""Every statement of the join parses, and renders for Spark without anything Spark lacks."""

import builders
import pytest
import sqlglot
from sqlglot import exp

from pipelines.join.build import statements
from pipelines.settings.profile import DeclaredOutcome

PROFILE = builders.a_profile(
    outcomes=(DeclaredOutcome("disputed", "Disputed", "share of cases", "binary", False),),
    covariates=(("x_vip", "label"), ("x_nights", "number")),
)
ALL = statements(PROFILE, declared_comparison=False) | {
    "declared_comparison": statements(PROFILE, declared_comparison=True)["never_failed"]
}


@pytest.mark.parametrize("noun", ALL)
def test_renders_for_spark(noun):
    (rendered,) = sqlglot.transpile(ALL[noun], read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)
    assert sqlglot.parse_one(rendered, read="spark").find(exp.Select)


@pytest.mark.parametrize("noun", ALL)
def test_avoids_what_the_engines_disagree_on(noun):
    tree = sqlglot.parse_one(ALL[noun], read="duckdb")
    calls = {node.sql_name().lower() for node in tree.find_all(exp.Func)}
    assert not calls & {"quantile", "percentile_cont", "list", "array_agg", "first", "last", "any_value", "day_of_week"}
    assert not any(join.args.get("method") == "ASOF" for join in tree.find_all(exp.Join))
    assert not [f for f in tree.find_all(exp.Filter) if isinstance(f.parent, exp.Window)]


def test_no_placeholder_is_left():
    assert not [noun for noun, sql in ALL.items() if "{" in sql]
