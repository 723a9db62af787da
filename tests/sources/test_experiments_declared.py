"""How a draw is declared: each key is handed on, and what can't be meant is refused in one line."""

from datetime import date

import pytest
from refusals import refused

from pipelines.contracts.experiments.draw import Draw, Phase
from pipelines.errors import SourceError
from pipelines.handover import facts_of
from pipelines.settings.load import load_profile

OWN = '[[covariates]]\nname = "x_stratum"\nkind = "label"\n[[covariates]]\nname = "x_got"\nkind = "label"\n'
ALL = """[experiment]
unit = "site_id"
strata = ["x_stratum"]
control = "usual"
shares = { usual = 0.5, new = 0.5 }
since = 2024-03-04
period_hours = 24
carry_over_hours = 3
received = "x_got"
planned_units = 800
usual_effect = 1.5
[[experiment.phases]]
since = 2024-05-01
stratum = "a"
shares = { usual = 0.2, new = 0.8 }
"""
LOAD = "incident_id,opened_at,assignment,{}\nA,2024-03-01,usual,1\nB,2024-03-02,offer,2\n"


def profile(folder, text):
    (folder / "source.toml").write_text(text, encoding="utf-8")
    return load_profile(str(folder))


def test_every_key_of_a_draw_is_handed_on(tmp_path):
    half, rather = {"usual": 0.5, "new": 0.5}, {"usual": 0.2, "new": 0.8}
    facts = facts_of(profile(tmp_path, OWN + ALL), {})
    assert facts.randomised == "assignment"
    assert facts.draw == Draw(
        "site_id", ("x_stratum",), "usual", half, (Phase(rather, date(2024, 5, 1), "a"),), date(2024, 3, 4), 24.0, 3.0,
        False, "x_got", 800, 1.5,
    )  # fmt: skip
    dose = profile(tmp_path, '[experiment]\ndose = true\nshares = { 0 = 0.5, "5.5" = 0.5 }').draw
    assert dose == Draw(dose=True, shares={"0": 0.5, "5.5": 0.5})


def test_the_two_keys_of_before_say_the_same(tmp_path):
    two = profile(tmp_path, '[profile]\nrandomised = "assignment"\nrandomised_unit = "customer"')
    assert two.draw == profile(tmp_path, '[experiment]\nunit = "customer"').draw == Draw("customer_id")
    assert profile(tmp_path, '[profile]\nrandomised = "assignment"').draw == Draw()
    assert profile(tmp_path, "").draw is None


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("unit = 5", "unit must be a text"),
        ('unit = "moon"', "moon"),
        ('unit = "first_contact_minutes"', "first_contact_minutes"),
        ('strata = ["compensation_kind"]', "compensation_kind"),
        ('received = "region"', "region"),
        ("shares = { usual = 0.5, new = 0.6 }", "1.1 together"),
        ("shares = { usual = 1.0 }", "share of each arm, two or more"),
        ('control = "old"\nshares = { usual = 0.5, new = 0.5 }', "old.* has no share"),
        ("dose = true\nshares = { usual = 0.5, new = 0.5 }", "usual.* is no dose"),
        ("carry_over_hours = 3", "shorter than period_hours"),
        ("period_hours = 3\ncarry_over_hours = 3", "shorter than period_hours"),
        ("[[experiment.phases]]\nshares = { usual = 0.5, new = 0.5 }", "since, stratum or both"),
        ('[[experiment.phases]]\nstratum = "a"\nshares = { usual = 0.5, new = 0.5 }', "Add strata"),
        (
            "shares = { usual = 0.5, new = 0.5 }\n[[experiment.phases]]\nsince = 2024-01-01\n"
            "shares = { usual = 0.5, other = 0.5 }",
            "aren't those of shares",
        ),
        ('colour = "blue"', "colour"),
    ],
)
def test_what_can_t_be_meant_is_refused_in_one_line(tmp_path, said, advice):
    with refused(SourceError, match=advice) as caught:
        profile(tmp_path, f"[experiment]\n{said}")
    assert "\n" not in caught.said


@pytest.mark.parametrize(
    ("profile_says", "advice"),
    [('randomised_unit = "site"\nrandomised = "assignment"', "randomised_unit"), ('randomised = ""', "randomised")],
)
def test_a_draw_is_said_once(tmp_path, profile_says, advice):
    with refused(SourceError, match=advice):
        profile(tmp_path, f"[profile]\n{profile_says}\n[experiment]\nunit = 'site'")


@pytest.mark.parametrize("said", ['unit = "region"', 'strata = ["brand"]'])
def test_columns_that_nothing_supplies_are_named(load_tickets, said):
    column = said.split('"')[1]
    with refused(SourceError, match=column):
        load_tickets(LOAD.format("desk"), f"[experiment]\n{said}")
    assert load_tickets(LOAD.format(column), f"[experiment]\n{said}")
