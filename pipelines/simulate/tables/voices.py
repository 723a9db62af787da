"""What guests said afterwards: survey scores, reviews, referrals and posts."""

import numpy as np
import pandas as pd

from pipelines.simulate.bookings import OnFile
from pipelines.simulate.life import Life
from pipelines.simulate.outcome import delay_loss
from pipelines.simulate.randomness import Flags, Floats, Whole, expit, stream
from pipelines.simulate.scenario import Scenario
from pipelines.simulate.tables.incidents import incident_numbers
from pipelines.simulate.tables.values import FIRST_GUEST, FIRST_INCIDENT, concat, flags, labels, numbered, times
from pipelines.simulate.world import DAY, END

KINDS = ("nps", "review", "referral", "post")
SENTIMENTS = ("negative", "neutral", "positive")
_SCORE_CUTS = np.array([-2.4, -2.1, -1.85, -1.6, -1.3, -0.95, -0.5, 0.0, 0.47, 1.1])
_STAR_CUTS = (-1.7, -1.0, -0.4, 0.45)


def word_of_mouth(life: Life, file: OnFile, seed: int) -> pd.DataFrame:
    """One row per score, review, referral or post, by time."""
    parts = [*_after_failures(life, seed), *_after_good_stays(life, file, seed)]
    return concat(parts, ["posted_at", "kind", "customer_id", "incident_id"])


def delight(scenario: Scenario, life: Life) -> Floats:
    """How content each failed guest ends up, in standard deviations; the group's unharmed guests stand at 0.6."""
    told = life.told
    slow = np.where(
        told.response.answered,
        delay_loss(scenario, np.minimum(told.response.minutes, 20_160.0)),
        1.2 * scenario.speed_loss,
    )
    harm = np.array([0.75, 1.05, 1.5, 1.9])[told.cases.severity]
    care = 0.15 * told.recovery.apology + 0.25 * told.recovery.empathy + 0.15 * told.recovery.owned
    care = care + 0.75 * told.recovery.repaired + 0.35 * np.minimum(told.recovery.total_share, 1.2)
    return np.asarray(0.38 - harm - 0.45 * slow + scenario.action_gain * care)


def _after_failures(life: Life, seed: int) -> list[pd.DataFrame]:
    rng, cases = stream(seed, "voices of the failed"), life.told.cases
    mood = delight(life.scenario, life)
    number, guest = incident_numbers(life), cases.guest
    base = np.maximum(cases.end, cases.opened)
    willing = expit(-1.5 + 0.15 * cases.tier + 0.15 * cases.recorded_grave - 0.4 * cases.in_stay)
    felt = mood + rng.standard_normal(cases.n)
    asked = rng.random(cases.n) < willing
    shares = {
        "review": 0.05 + 0.02 * (np.abs(felt) > 1.2),
        "referral": np.asarray(0.05 * expit(1.5 * mood)),
        "post": np.where(felt < -1.35, 0.14, np.where(felt > 1.25, 0.08, 0.004)),
    }
    says = {"nps": asked} | {kind: rng.random(cases.n) < p for kind, p in shares.items()}
    return [_rows(rng, kind, said, base, felt, guest, cases.linked, number) for kind, said in says.items()]


def _after_good_stays(life: Life, file: OnFile, seed: int) -> list[pd.DataFrame]:
    """Stays without a failure: surveys after one in six, a review or referral now and then."""
    rng, book = stream(seed, "voices of the others"), file.orders
    failed = np.unique(life.told.cases.guest * (1 << 33) + life.told.cases.booked)
    spared = ~np.isin(book.guest * (1 << 33) + book.ordered, failed)
    n = len(book.guest)
    felt = 0.6 + 0.1 * file.guests.tier[book.guest] + rng.standard_normal(n)
    shares = {"nps": 0.17, "review": 0.035, "referral": 0.03, "post": 0.006}
    base = book.service + 2 * DAY
    linked, number = np.ones(n, bool), np.full(n, -1)
    says = {kind: spared & (rng.random(n) < share) for kind, share in shares.items()}
    return [_rows(rng, kind, said, base, felt, book.guest, linked, number) for kind, said in says.items()]


def _rows(
    rng: np.random.Generator, kind: str, said: Flags, base: Whole, felt: Floats, guest: Whole, linked: Flags,
    number: Whole,
) -> pd.DataFrame:  # fmt: skip
    """Rows of one kind for the guests who spoke by the data cut, one to twelve days after ``base``."""
    posted = base + (DAY * (1.0 + 11.0 * rng.random(len(base)))).astype(np.int64)
    chosen = np.flatnonzero(said & (posted < END))
    mood, n = felt[chosen], len(chosen)
    told = kind in ("review", "post")
    sentiment = np.searchsorted((-0.7, 0.3), mood) if told else np.full(n, -1)
    reach = np.round(240 * np.exp(1.4 * rng.standard_normal(n)))
    score = {"nps": np.searchsorted(_SCORE_CUTS, mood), "review": 1 + np.searchsorted(_STAR_CUTS, mood)}.get(kind)
    return pd.DataFrame({
        "customer_id": numbered(guest[chosen], FIRST_GUEST, linked[chosen]),
        "incident_id": numbered(number[chosen], FIRST_INCIDENT, number[chosen] >= 0),
        "posted_at": times(posted[chosen]),
        "kind": labels(np.full(n, KINDS.index(kind)), KINDS),
        "score": pd.array(np.full(n, None) if score is None else score, dtype="Int64"),
        "reach": pd.array(np.where(kind == "post", reach, np.nan), dtype="Int64"),
        "sentiment": labels(sentiment, SENTIMENTS),
        "praises_staff": flags((sentiment == 2) & (rng.random(n) < 0.35), np.full(n, told)),
        "has_media": flags(rng.random(n) < 0.2, np.full(n, told)),
    })  # fmt: skip
