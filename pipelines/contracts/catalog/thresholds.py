"""Numbers that decide: what is estimated at all, how it is graded, what a check lets pass. Each with its reason.

Numbers that only tune a computation, such as knots and draws, stand with the computation.
"""

from pipelines.contracts.catalog.grades import Grade

# ── Money ────────────────────────────────────────────────────────────────────────────────────────────────────────────
# Days until credit shows how much of it is redeemed: a year sees every season, half of one is better than nothing.
CREDIT_MATURE_DAYS = (365.0, 180.0)
# Fewer credits than this say too little of how much is redeemed.
FEWEST_CREDITS = 30
# A gain estimated further from the usual share of the loss than half a step of the ladder speaks of other offers.
NEAR_USUAL_SHARE = 0.125
# A paradox is too strong a claim for a hint.
PARADOX_GRADES = (Grade.A, Grade.B)
# Returning customers, and incidents that got something, below which a service or segment has no price of its own.
FEWEST_RETURNING, FEWEST_GIVEN = 30, 30

# ── Policies, offers and scenarios ───────────────────────────────────────────────────────────────────────────────────
# Halves to learn on and to value on, drawn so often that no single draw decides.
FOLDS, SPLITS = 2, 10
# A segment with fewer incidents in a half can't be learnt or valued there.
FEWEST_IN_HALF = 10
# Incidents of a half per coefficient of its model, below which the model follows single cases.
LEAST_ROWS_PER_COEFFICIENT = 3
# Degrees of freedom below which the value of a policy allows no conclusion: a t quantile of 2.8 and growing.
LEAST_POLICY_DF = 4.0
# The menu holds the shares given most often: more would be told apart by chance.
MOST_OFFERED_SHARES = 5
# Incidents given about so much, below which a share isn't offered at all.
FEWEST_GIVEN_ABOUT_SO = 100
# Smaller chances of being given a share would let single incidents decide the value of a policy.
SMALLEST_CHANCE = 0.03
# A segment of offers and scenarios needs as many incidents as a part with a slope of its own.
FEWEST_IN_OFFER_SEGMENT = 100
# More segments, or more tiers of severity, than these can't be read, nor told to staff.
MOST_OFFER_SEGMENTS, MOST_TIERS = 12, 4
# Incidents of a segment treated about so, below which a scenario's cell says nothing.
FEWEST_IN_CELL = 10
# Share of a cell's variance that the published factors may leave out: half a percent changes no digit of an interval.
LARGEST_UNEXPLAINED_SHARE = 0.005
# The smallest change in returns, per 100, that a test is sized for: less can't be seen in a year of most companies.
SMALLEST_TESTED_POINTS = 2.0
# Nobody waits longer than two years for a test.
TESTABLE_WEEKS = 104
# Promises by which people and offers are compared lie nearest to this one where grades and support don't decide.
USUAL_PROMISE_MINUTES = 60.0

# ── Decisions ────────────────────────────────────────────────────────────────────────────────────────────────────────
# Incidents are gathered for four weeks after the due day before the first verdict.
GATHERED_DAYS = 28
# The year before the decision holds every season once.
BEFORE_DECISION_DAYS = 365
# Below a hundredth there is nothing left of the way to go.
NOTHING_LEFT_SHARE = 0.01
