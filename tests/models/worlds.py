"""Small worlds whose chances can be worked out under any policy: what the validation battery draws its samples from."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from frames import CAP_MINUTES, empty_mart
from scipy.special import expit

EVENTS = 12
MONTHS, FOLLOWED_MONTHS = 24, 16
CHANNELS = ("desk", "phone", "email")
MEDIAN_LOG_MINUTES = np.array([3.0, 4.0, 6.5])
SHARES = (0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5)

# Per incident, the chance to return if answered within so many minutes (or never) and given such a share of the loss.
Chance = Callable[[np.ndarray, np.ndarray, np.ndarray | float], np.ndarray]
# Per incident, the chance of being given anything by whoever answers after so many minutes.
Giving = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Strengths:
    """Log-odds per unit: of log-minutes, of never being answered, of money; how events and luck spread.

    ``drift`` makes later cases graver and their outcomes unknown; ``survey`` asks for a score that grave and slow cases
    give less often; ``unanswered`` is the share of cases that nobody answers.
    """

    speed: float = -0.25
    silence: float = -1.0
    money: float = 0.9
    event_share: float = 0.2
    shock: float = 0.3
    luck: float = 1.3
    unanswered: float = 0.03
    drift: float = 0.0
    survey: bool = False


@dataclass(frozen=True)
class World:
    """A mart, the answers as they were (silent ones at the cap), and everybody's chances under other policies."""

    mart: pd.DataFrame
    minutes: np.ndarray
    silent: np.ndarray
    chance: Chance
    generosity: Giving

    def within(self, tau: float) -> np.ndarray:
        """Gain per incident and per 100 if everyone were answered within ``tau`` minutes, money following as usual."""
        return 100 * (self._with_money(np.minimum(self.minutes, tau), np.zeros(len(self.minutes))) - self.today)

    @cached_property
    def today(self) -> np.ndarray:
        """Chances as things were, money as it usually follows."""
        return self._with_money(self.minutes, self.silent)

    def giving(self, share: float) -> np.ndarray:
        """Gain per incident and per 100 if everyone were given ``share`` of the loss instead of nothing."""
        nothing = np.zeros(len(self.minutes))
        given = self.chance(self.minutes, self.silent, share)
        return 100 * (given - self.chance(self.minutes, self.silent, nothing))

    def _with_money(self, minutes: np.ndarray, silent: np.ndarray) -> np.ndarray:
        shares = [self.chance(minutes, silent, share) for share in (0.0, *SHARES)]
        given = np.where(silent, 0.0, self.generosity(minutes))
        return (1 - given) * shares[0] + given * np.mean(shares[1:], axis=0)


def pull_of_money(share: np.ndarray | float) -> np.ndarray:
    """S-shaped: little at first, all of it soon after the whole loss."""
    return expit((share - 0.55) / 0.15) - expit(-0.55 / 0.15)


def draw_world(rows: int, seed: int, is_: Strengths, events: int = EVENTS) -> World:
    """Grave cases are answered later and return less; valued customers are answered sooner and return more."""
    rng = np.random.default_rng(seed)
    month = rng.integers(0, MONTHS, rows)
    severity = np.clip(np.ceil(4 * rng.random(rows) + is_.drift * (month / MONTHS - 0.5)), 1, 4)
    value, channel = rng.gamma(2.0, 150.0, rows), rng.integers(0, 3, rows)
    event = np.where(rng.random(rows) < is_.event_share, rng.integers(0, events, rows), -1)
    shock = np.where(event >= 0, rng.normal(0, is_.shock, events)[event], 0.0)
    worth = np.log1p(value) - 5.4
    log_minutes = MEDIAN_LOG_MINUTES[channel] + 0.5 * (severity - 2.5) - 0.4 * worth + rng.normal(0, is_.luck, rows)
    silent = rng.random(rows) < is_.unanswered
    minutes = np.where(silent, CAP_MINUTES, np.clip(np.expm1(np.maximum(log_minutes, 0.1)), 0.5, CAP_MINUTES - 1))
    eta = -0.4 - 0.45 * (severity - 2.5) + 0.35 * worth + shock

    def chance(minutes: np.ndarray, silent: np.ndarray, share: np.ndarray | float) -> np.ndarray:
        return expit(eta + is_.speed * np.log1p(minutes / 60) + is_.silence * silent + is_.money * pull_of_money(share))

    def generosity(minutes: np.ndarray) -> np.ndarray:
        return expit(-0.4 + 0.5 * (severity - 2.5) + 0.1 * np.log1p(minutes / 60))

    given = ~silent & (rng.random(rows) < generosity(minutes))
    share = np.where(given, rng.choice(SHARES, rows), 0.0)
    mart = empty_mart(rows)
    mart["severity"] = np.char.add("s", severity.astype(int).astype(str))
    mart["channel"], mart["earlier_spend_365d"] = np.asarray(CHANNELS)[channel], value
    mart["loss_amount"] = rng.gamma(2.0, 80.0, rows) * severity
    mart["opened_month"] = [f"{2024 + m // 12}-{1 + m % 12:02d}" for m in month]
    mart["mass_event"] = event >= 0
    mart["cluster_key"] = np.where(event >= 0, np.char.add("e", event.astype(str)), mart["customer_key"])
    mart["response_status"] = np.where(silent, "unanswered", "answered")
    mart["first_contact_minutes"] = np.where(silent, np.nan, minutes)
    mart["compensation_given"], mart["compensation_share"] = share > 0, share
    mart["returned_before_contact"], mart["follow_up_days"] = False, 400.0
    happened = (rng.random(rows) < chance(minutes, silent, share)).astype(float)
    mart["returned_within_365d"] = np.where((is_.drift > 0) & (month >= FOLLOWED_MONTHS), np.nan, happened)
    if is_.survey:
        tells = rng.random(rows) < expit(0.6 - 0.4 * (severity - 2.5) - 0.25 * np.log1p(minutes / 60))
        mart["promoter"] = np.where(tells, happened, np.nan)
    return World(mart, minutes, silent, chance, generosity)
