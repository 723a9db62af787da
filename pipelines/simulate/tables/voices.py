"""What guests said afterwards: survey scores, reviews, referrals and posts."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.simulate.cases.bookings import OnFile
from pipelines.simulate.cases.life import Life, incident_numbers
from pipelines.simulate.cases.outcome import delay_loss
from pipelines.simulate.tables.values import (
    FIRST_GUEST,
    FIRST_INCIDENT,
    Counts,
    Texts,
    Times,
    YesNo,
    flags,
    labels,
    numbered,
    same,
    times,
)
from pipelines.simulate.world.calendar import DAY, END
from pipelines.simulate.world.codes import Sentiment, Voice
from pipelines.simulate.world.randomness import expit, stream
from pipelines.simulate.world.records import Flags, Floats, Whole, end_to_end, in_order, take
from pipelines.simulate.world.scenario import Scenario

_VOICES = "voices of the"
_SCORE_CUTS = np.array([-2.4, -2.1, -1.85, -1.6, -1.3, -0.95, -0.5, 0.0, 0.47, 1.1])
_STAR_CUTS = (-1.7, -1.0, -0.4, 0.45)


@dataclass(frozen=True)
class WordOfMouth:
    """One row per score, review, referral or post, by time."""

    customer_id: Texts
    incident_id: Texts
    posted_at: Times
    kind: Texts
    score: Counts
    reach: Counts
    sentiment: Texts
    praises_staff: YesNo
    has_media: YesNo


@dataclass(frozen=True)
class Stays:
    """One entry per stay that a guest may speak of.

    When it was over (seconds), what the guest ``felt`` (standard deviations), whether the guest is known, and the
    number of the incident in it, −1 for none.
    """

    over: Whole
    felt: Floats
    guest: Whole
    linked: Flags
    incident: Whole


def word_of_mouth(life: Life, file: OnFile, seed: int) -> WordOfMouth:
    """Everything said by the data cut."""
    found = end_to_end([*_after_failures(life, seed), *_after_good_stays(life, file, seed)])
    return in_order(found, found.posted_at, found.kind, found.customer_id, found.incident_id)


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


def _after_failures(life: Life, seed: int) -> list[WordOfMouth]:
    rng, cases = stream(seed, f"{_VOICES} failed"), life.told.cases
    mood = delight(life.scenario, life)
    willing = expit(-1.5 + 0.15 * cases.who.tier + 0.15 * cases.recorded_grave - 0.4 * cases.in_stay)
    felt = mood + rng.standard_normal(cases.n)
    stays = Stays(np.maximum(cases.stay.end, cases.opened), felt, cases.guest, cases.linked, incident_numbers(life))
    asked = rng.random(cases.n) < willing
    shares = {
        Voice.REVIEW: 0.05 + 0.02 * (np.abs(felt) > 1.2),
        Voice.REFERRAL: np.asarray(0.05 * expit(1.5 * mood)),
        Voice.POST: np.where(felt < -1.35, 0.14, np.where(felt > 1.25, 0.08, 0.004)),
    }
    says = {Voice.NPS: asked} | {voice: rng.random(cases.n) < share for voice, share in shares.items()}
    return [_rows(rng, voice, said, stays) for voice, said in says.items()]


def _after_good_stays(life: Life, file: OnFile, seed: int) -> list[WordOfMouth]:
    """Stays without a failure: surveys after one in six, a review or referral now and then."""
    rng, book = stream(seed, f"{_VOICES} others"), file.orders
    failed = np.unique(life.told.cases.guest * (1 << 33) + life.told.cases.stay.booked)
    spared = ~np.isin(book.guest * (1 << 33) + book.ordered, failed)
    n = len(book.guest)
    felt = 0.6 + 0.1 * file.guests.tier[book.guest] + rng.standard_normal(n)
    stays = Stays(book.service + 2 * DAY, felt, book.guest, np.ones(n, bool), np.full(n, -1))
    shares = {Voice.NPS: 0.17, Voice.REVIEW: 0.035, Voice.REFERRAL: 0.03, Voice.POST: 0.006}
    says = {voice: spared & (rng.random(n) < share) for voice, share in shares.items()}
    return [_rows(rng, voice, said, stays) for voice, said in says.items()]


def _rows(rng: np.random.Generator, voice: Voice, said: Flags, stays: Stays) -> WordOfMouth:
    """Rows of one kind for the guests who spoke by the data cut, one to twelve days after the stay was over."""
    posted = stays.over + (DAY * (1.0 + 11.0 * rng.random(len(said)))).astype(np.int64)
    chosen = np.flatnonzero(said & (posted < END))
    of, n = take(stays, chosen), len(chosen)
    in_words = np.full(n, voice in (Voice.REVIEW, Voice.POST))
    sentiment = np.where(in_words, np.searchsorted((-0.7, 0.3), of.felt), -1)
    reach = np.round(240 * np.exp(1.4 * rng.standard_normal(n)))
    return WordOfMouth(
        customer_id=numbered(of.guest, FIRST_GUEST, of.linked),
        incident_id=numbered(of.incident, FIRST_INCIDENT, of.incident >= 0),
        posted_at=times(posted[chosen]),
        kind=same(voice.label, n),
        score=pd.Series(_score(voice, of.felt), dtype="Int64"),
        reach=pd.Series(np.where(voice is Voice.POST, reach, np.nan), dtype="Int64"),
        sentiment=labels(sentiment, Sentiment.labels()),
        praises_staff=flags((sentiment == Sentiment.POSITIVE) & (rng.random(n) < 0.35), in_words),
        has_media=flags(rng.random(n) < 0.2, in_words),
    )


def _score(voice: Voice, felt: Floats) -> Floats:
    """0 to 10 in a survey, one to five stars in a review, nothing elsewhere."""
    if voice is Voice.NPS:
        return np.searchsorted(_SCORE_CUTS, felt).astype(float)
    return (
        1.0 + np.searchsorted(_STAR_CUTS, felt).astype(float) if voice is Voice.REVIEW else np.full(len(felt), np.nan)
    )
