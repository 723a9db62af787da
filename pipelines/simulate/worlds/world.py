"""One company of a kind, drawn as its mart would show it, with everybody's chances under other policies beside it.

Grave cases, those at night and those by e-mail are answered later and return less; members of a tier are answered
sooner and return more. All of that is recorded. What isn't, the kind says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from pipelines.contracts.catalog.vocabulary import ResponseStatus
from pipelines.contracts.mart import Col, HorizonCol, incident_columns
from pipelines.simulate.worlds.kinds import KINDS, Kind, Spell, Strengths

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

DAYS, SITES, AGENTS_A_SITE, HORIZON = 730, 12, 5, 365
CAP_MINUTES = 14 * 1440.0
FIRST_DAY = datetime(2023, 1, 2, tzinfo=UTC)
CHANNELS = ("desk", "phone", "email", "web")
CATEGORIES = ("room", "billing", "staff", "noise", "food")
TIERS = ("none", "silver", "gold")
SHARES: Floats = np.array([0.1, 0.25, 0.5, 0.75, 1.0])
AGENT_AWAY_SHARE, UNANSWERED_LOG_ODDS, LUCK = 0.15, -3.3, 1.2
_USUAL_LOG_MINUTES: Floats = np.array([3.2, 4.0, 6.0, 5.2])
_BY_CHANNEL: Floats = np.array([0.15, 0.1, -0.15, -0.1])


@dataclass(frozen=True)
class World:
    """A mart, answers as they really were (at the cap where nobody answered), and chances as functions of policies."""

    mart: pd.DataFrame
    minutes: Floats
    silent: Flags
    chance: Callable[[Floats, Flags, Floats], Floats]
    generosity: Callable[[Floats], Floats]

    def within(self, tau: float) -> float:
        """Gain per 100 if everyone were answered within ``tau`` minutes, money following as usual."""
        nobody = np.zeros(len(self.minutes), dtype=bool)
        return float(100 * (self._with_money(np.minimum(self.minutes, tau), nobody) - self._today).mean())

    def giving(self, share: float) -> float:
        """Gain per 100 of the answered if each were given ``share`` of the loss instead of nothing."""
        given, nothing = np.full(len(self.minutes), share), np.zeros(len(self.minutes))
        gain = self.chance(self.minutes, self.silent, given) - self.chance(self.minutes, self.silent, nothing)
        return float(100 * gain[~self.silent].mean())

    @cached_property
    def _today(self) -> Floats:
        return self._with_money(self.minutes, self.silent)

    def _with_money(self, minutes: Floats, silent: Flags) -> Floats:
        size, given = len(minutes), np.where(silent, 0.0, self.generosity(minutes))
        shares = [self.chance(minutes, silent, np.full(size, share)) for share in SHARES]
        nothing = self.chance(minutes, silent, np.zeros(size))
        return np.asarray((1 - given) * nothing + given * np.mean(shares, axis=0))


@dataclass(frozen=True)
class _Cases:
    """What is known when a case opens, and the pulls on log-minutes and log-odds that make the kind."""

    day: Ints
    hour: Floats
    site: Ints
    agent: Ints
    customer: Ints
    tier: Ints
    spend: Floats
    tenure: Floats
    severity: Ints
    channel: Ints
    category: Ints
    slower: Floats
    worse: Floats
    skill: Floats
    trait: Floats


def draw(kind: Kind, incidents: int, seed: int) -> World:
    """A company of a kind, with about so many incidents in two years, all of them followed for another."""
    rng, is_ = np.random.default_rng([seed, *kind.encode()]), KINDS[kind]
    cases = _cases(rng, incidents, is_)
    size = len(cases.day)
    grave, by_value = cases.severity - 2.5, 0.3 * cases.tier
    night = (cases.hour >= 22) | (cases.hour < 7)
    weekend = (cases.day % 7) >= 5
    corner = is_.interplay * grave * np.where(cases.channel >= 2, 1.0, -1.0)
    log_minutes = (
        _USUAL_LOG_MINUTES[cases.channel] + 0.35 * grave - by_value + 0.4 * night + 0.3 * weekend + cases.slower
        - is_.skill * cases.skill - is_.trait * cases.trait + corner + rng.normal(0, LUCK, size)
    )  # fmt: skip
    silent = rng.random(size) < expit(UNANSWERED_LOG_ODDS + 0.3 * grave + 0.4 * cases.slower)
    minutes = np.clip(np.expm1(np.maximum(log_minutes, 0.05)), 1.0, CAP_MINUTES - 1)
    minutes = np.where(silent, CAP_MINUTES, minutes)
    eta = (
        -0.35 - 0.3 * grave + 0.35 * cases.tier + _BY_CHANNEL[cases.channel] + 0.15 * np.log1p(cases.spend / 300)
        - cases.worse - corner + is_.trait * cases.trait + rng.normal(0, 0.2, cases.customer.max() + 1)[cases.customer]
    )  # fmt: skip
    good = np.where(silent, 0.0, 0.6 * is_.skill * cases.skill)

    def chance(minutes: Floats, silent: Flags, share: Floats) -> Floats:
        pull = is_.money * (expit((share - 0.5) / 0.15) - expit(-0.5 / 0.15))
        return np.asarray(expit(eta + good + is_.speed * np.log1p(minutes / 60) + is_.silence * silent + pull))

    def generosity(minutes: Floats) -> Floats:
        willing = -0.6 + 0.4 * grave + 0.25 * cases.tier + 0.08 * np.log1p(minutes / 60)
        return np.asarray(expit(willing + 1.5 * is_.skill * cases.skill))

    given = ~silent & (rng.random(size) < generosity(minutes))
    share = np.where(given, rng.choice(SHARES, size), 0.0)
    returned = rng.random(size) < chance(minutes, silent, share)
    recorded = np.clip(minutes * np.exp(rng.normal(0, is_.clock, size)), 1.0, CAP_MINUTES - 1)
    return World(_mart(rng, cases, recorded, silent, share, returned), minutes, silent, chance, generosity)


def _cases(rng: np.random.Generator, incidents: int, is_: Strengths) -> _Cases:
    storms = _spells(rng, is_.storm, 1)
    crises = _spells(rng, is_.crisis, SITES)
    rate = 1 + 0.25 * np.sin(2 * np.pi * np.arange(DAYS) / 365) + 0.15 * (np.arange(DAYS) % 7 >= 5)
    rate = rate[:, None] * rng.dirichlet(np.full(SITES, 6.0)) * np.where(storms, is_.storm.crowding, 1.0).T
    cell = rng.choice(DAYS * SITES, incidents, p=(rate / rate.sum()).ravel())
    day, site = np.sort(cell // SITES), (cell % SITES)[np.argsort(cell // SITES, kind="stable")]
    customer = rng.integers(0, max(1, int(0.7 * incidents)), incidents)
    value = rng.normal(size=customer.max() + 1)
    tier = np.digitize(value + rng.normal(0, 0.6, len(value)), (0.3, 1.3))
    away = rng.random(incidents) < AGENT_AWAY_SHARE
    home = site * AGENTS_A_SITE + rng.integers(0, AGENTS_A_SITE, incidents)
    agent = np.where(away, rng.integers(0, SITES * AGENTS_A_SITE, incidents), home)
    month = day // 30
    shocks = rng.normal(0, is_.shocks, (2, SITES, month.max() + 1)) if is_.shocks else np.zeros((2, SITES, 99))
    ill, crowded = crises[site, day], storms[0, day]
    drift = is_.trend * (day / DAYS - 0.5)
    slow = is_.crisis.slower * ill + is_.storm.slower * crowded + shocks[0, site, month] + drift
    bad = is_.crisis.worse * ill + is_.storm.worse * crowded + shocks[1, site, month] + 0.5 * drift
    return _Cases(
        day=day, hour=rng.normal(15, 5, incidents) % 24, site=site, agent=agent, customer=customer,
        tier=tier[customer], spend=rng.gamma(2.0, 150 * np.exp(0.5 * tier))[customer],
        tenure=rng.gamma(2.0, 400, len(value))[customer],
        severity=rng.choice(4, incidents, p=(0.2, 0.35, 0.3, 0.15)) + 1,
        channel=rng.choice(4, incidents, p=(0.35, 0.25, 0.25, 0.15)), category=rng.integers(0, 5, incidents),
        slower=slow + rng.normal(0, 0.3, SITES)[site], worse=bad + rng.normal(0, 0.2, SITES)[site],
        skill=rng.normal(size=SITES * AGENTS_A_SITE)[agent], trait=rng.normal(size=len(value))[customer],
    )  # fmt: skip


def _spells(rng: np.random.Generator, spell: Spell, places: int) -> Flags:
    """Days that lie within a spell, (places, days)."""
    inside = np.zeros((places, DAYS), dtype=bool)
    for place in range(places):
        for start in rng.integers(0, DAYS, spell.number):
            inside[place, start : start + int(rng.integers(spell.days[0], spell.days[1] + 1))] = True
    return inside


def _mart(
    rng: np.random.Generator, cases: _Cases, minutes: Floats, silent: Flags, share: Floats, returned: Flags
) -> pd.DataFrame:
    size = len(cases.day)
    loss = rng.gamma(2.0, 60.0, size) * cases.severity
    opened = [FIRST_DAY + timedelta(days=int(d), hours=float(h)) for d, h in zip(cases.day, cases.hour, strict=True)]
    names = [f"i{j:06d}" for j in range(size)]
    key = np.char.add("c", cases.customer.astype(str))
    known: dict[str, object] = {
        Col.INCIDENT_ID: names,
        Col.CUSTOMER_KEY: key,
        Col.CLUSTER_KEY: np.char.add("customer ", key),
        Col.OPENED_AT: opened,
        Col.OPENED_DAY: cases.day + (FIRST_DAY - datetime(1970, 1, 1, tzinfo=UTC)).days,
        Col.FOLLOW_UP_DAYS: 400.0 + DAYS - cases.day,
        Col.EARLIER_SPEND_365D: cases.spend,
        Col.ORDERS_365D: 1 + np.floor(cases.spend / 200),
        Col.TENURE_DAYS: cases.tenure,
        Col.OPENED_MONTH: [moment.strftime("%Y-%m") for moment in opened],
        Col.OPENED_AT_NIGHT: (cases.hour >= 22) | (cases.hour < 7),
        Col.OPENED_ON_WEEKEND: cases.day % 7 >= 5,
        Col.CHANNEL: np.asarray(CHANNELS)[cases.channel],
        Col.CATEGORY: np.asarray(CATEGORIES)[cases.category],
        Col.SEVERITY: np.char.add("s", cases.severity.astype(str)),
        Col.LOSS_AMOUNT: loss,
        Col.SITE_ID: np.char.add("site", cases.site.astype(str)),
        Col.LOYALTY_TIER: np.asarray(TIERS)[cases.tier],
        Col.RESPONSE_STATUS: np.where(silent, ResponseStatus.UNANSWERED, ResponseStatus.ANSWERED),
        Col.FIRST_CONTACT_MINUTES: np.where(silent, np.nan, minutes),
        Col.FIRST_AGENT: pd.Series(np.char.add("a", cases.agent.astype(str)), dtype="object").where(~silent, None),
        Col.RETURNED_BEFORE_CONTACT: False,
        Col.COMPENSATION_GIVEN: share > 0,
        Col.COMPENSATION_SHARE: share,
        Col.COMPENSATION_AMOUNT: share * loss,
        HorizonCol.FOLLOWED.at(HORIZON): True,
        HorizonCol.RETURNED.at(HORIZON): returned,
    }
    columns = {c.name: known.get(c.name) for c in incident_columns((HORIZON,))}
    return pd.DataFrame(
        {n: pd.Series([None] * size, dtype="object") if v is None else v for n, v in columns.items()}, index=range(size)
    )
