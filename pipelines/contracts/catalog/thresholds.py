"""Numbers that decide: what is estimated at all, how it is graded, what a check lets pass. Each with its reason.

Cut-offs of grades are judgement, calibrated with the simulator (docs/validation.md). Numbers that only tune a
computation, such as knots and draws, stand with the computation.
"""

from pipelines.contracts.catalog.grades import Grade

# ── What is estimated ────────────────────────────────────────────────────────────────────────────────────────────────
# Below it a mean's error is as large as what anyone hopes to find, and normal limits don't hold.
FEWEST_INCIDENTS = 30
# A point of a curve or an offer with fewer incidents near it is read off the shape, not off them.
FEWEST_NEAR = FEWEST_INCIDENTS
# A share of fewer events, or of fewer non-events, has no usable error.
FEWEST_EVENTS = 10
# A level of a covariate with fewer events, or non-events, than this gets a coefficient that runs away.
FEWEST_ON_A_SIDE = 5
# Where fewer of the customers than this cut across clusters, a second clustering changes no digit.
LEAST_CROSSING_SHARE = 0.01
# Few returns before the answer are chance; beyond a fifth, times or zones are wrong.
MOST_RETURNED_BEFORE_SHARE = 0.20
# A form that can't be given in most incidents is not compared, rather than most incidents left out.
MOST_NEVER_TREATED_SHARE = 0.5
# A covariate known for fewer on either side stands for the side itself.
LEAST_KNOWN_ON_BOTH_SIDES_SHARE = 0.1
# A part of fewer incidents has no slope of its own.
FEWEST_IN_SEGMENT = 100
# More parts than this can't be read on one page, nor shrunken towards a mean that means something.
MOST_SEGMENTS = 12
# A logistic coefficient of a standardised column beyond this, or an error beyond the next, is separation, not size.
LARGEST_STANDARDISED_COEFFICIENT, LARGEST_STANDARDISED_ERROR = 10.0, 5.0
# Labels that separate the outcome join the reference; where so many do, the question is too fine for the data.
MOST_POOLED_LABELS = 10
# A kind of incident in which nothing is ever given counts as such when chance would leave it empty once in 1,000 times.
RAREST_CHANCE = 0.001
# A label of more levels makes strata too small to be empty beyond chance.
MOST_STRATUM_LEVELS = 20
# Points of a curve from which more is judged to stop adding: three make a shape.
FEWEST_CURVE_POINTS = 3
# The smallest gain worth another share of the loss: half a customer in a hundred.
STOPPING_TOLERANCE_POINTS = 0.5
# Below a twentieth missing, filling in changes nothing; above half, it invents more than it knows.
LEAST_BLANK_SHARE, MOST_BLANK_SHARE = 0.05, 0.50
# Levels that are filled in one by one, and incidents for which twenty fillings fit into minutes.
MOST_FILLED_LEVELS, MOST_FILLED_INCIDENTS = 12, 50_000
# Fewer pairs of neighbours than this would call any placebo clean; a later neighbour shares no weather.
FEWEST_NEIGHBOURS, LONGEST_NEIGHBOUR_DAYS, FEWEST_PLACES = 200, 30.0, 2
# Spend before the incident must be known for most, or the control speaks of others.
LEAST_CONTROLLED_SHARE = 0.5

# Rows per column below which means of all that is held would be fitted to chance: the treatment's own are held then.
FEWEST_ROWS_PER_COLUMN = 25
# Cases of a kind on average, below which the mean treatment of a kind is chance.
FEWEST_OF_A_KIND = 20

# ── How it is graded ─────────────────────────────────────────────────────────────────────────────────────────────────
# Share of the cases moved to where no comparable one is: from a tenth the model speaks for them, from a fifth alone.
MOST_OUTSIDE_SHARE, HARD_OUTSIDE_SHARE = 0.10, 0.20
# Standardised difference after weighting: Austin (2009) calls .1 negligible; twice that is another group.
MOST_IMBALANCE, HARD_IMBALANCE = 0.10, 0.20
# Share of the cases that the weights leave effective: below a third few speak for all, below a tenth a handful does.
LEAST_EFFECTIVE_SHARE, HARD_EFFECTIVE_SHARE = 0.3, 0.1
# Degrees of freedom: from twenty on t limits are near normal; below ten a headline, below four anything, is a story.
LEAST_DF, LEAST_HEADLINE_DF, HARD_DF = 20.0, 10.0, 4.0
# A negative control below .01 is a difference; up to .05 it is suspicious, for several are looked at.
CONTROL_P, SUSPICIOUS_CONTROL_P = 0.01, 0.05
# A control counts as clean when it is less than half of the effect, and would have been seen four times in five.
MOST_CONTROL_SHARE, LEAST_CONTROL_POWER = 0.5, 0.80
# Estimators further apart than one and a half of their errors disagree; from two on one of them is wrong.
MOST_SPREAD_ERRORS, HARD_SPREAD_ERRORS = 1.5, 2.0
# Another sign within one error of the estimate is chance around zero.
FLIP_ERRORS = 1.0
# Knowing the customers moves it by more than its error and a quarter: what isn't known need be no more than four times
# as telling to undo it (the ratio of Altonji, Elder & Taber 2005). By errors alone ever larger samples would fail.
MOVE_ERRORS, MOVE_SHARE = 1.0, 0.25
# How strong a hidden cause is tried, as a multiple of the strongest known one.
HIDDEN_CAUSE_MULTIPLES = (0.5, 1.0, 2.0)
# Drawn purchases that differ more than this before any adjustment belong to other customers.
MOST_UNLIKENESS = 0.25
# A placebo that moves the outcome beyond chance: as for the control.
PLACEBO_P = 0.01
# Whether parts differ is one question per family, so the usual level.
INTERACTION_P = 0.05

# Day, site and agent must be on record for three cases in four: the fourth can keep no more than a quarter of what they
# confound.
LEAST_RECORDED_SHARE = 0.75
# All controls of circumstances together are one test at the usual level; it must be able to see what could have made
# all of the effect in four of five companies.
CONTROLS_LEVEL, LEAST_CONTROLS_POWER = 0.05, 0.80
# A control of whose spread what is held leaves less than a hundredth is held itself, and shows nothing.
LEAST_OWN_SPREAD = 0.01

# All looks at a draw together refute one honest draw in a hundred.
DRAW_LEVEL = 0.01
# With fewer units than this limits come from drawing the lots again; below the next an arm has no spread.
FEW_DRAWN_UNITS, FEWEST_DRAWN_OF_AN_ARM = 50, 2
# Where the most extreme draw of all comes up more often by chance than once in twenty, no result can be clear.
MOST_LEAST_CHANCE = 0.05
# A draw that moves take-up by less than this divides by chance (Staiger & Stock 1997).
LEAST_FIRST_STAGE_F = 10.0
# A clear result that the trial had less than an even chance to find, were it of the usual size, is likely overstated.
LEAST_TRIAL_POWER = 0.5
# What companies try moves returns by some two customers in a hundred, either way, where they don't say otherwise.
USUAL_EFFECT_POINTS = 2.0

# ── What of the exports is warned about ──────────────────────────────────────────────────────────────────────────────
# Identities that find fewer customers than this lose whole groups of them.
LEAST_MATCHED_SHARE = 0.85
# Fewer customers with a second order than this: orders were sampled, not customers.
LEAST_REPEAT_SHARE = 0.01
# A cut this long after nearly all data ends comes from a wrong date, or the export is old.
MOST_LONELY_DAYS = 30.0
# A twentieth set aside is no accident of a few rows.
MOST_SET_ASIDE_SHARE = 0.05

# ── What of the exports can't be believed, so that nothing resting on it is graded better than D ─────────────────────
# A bulk import or an event gives many rows one second; more than half of them is the time of the export itself.
MOST_AT_ONE_MOMENT = 0.5
# Moments without a clock, or to the hour: one in twenty may be midnight or a full hour by a default of the form.
ALL_BUT_A_FEW = 0.95
# Fewer moments than this may share a clock by chance.
FEWEST_MOMENTS = 30
# A month is empty where it has a twentieth of its neighbours' rows, and these have enough to tell.
LEAST_OF_NEIGHBOURS, FEWEST_A_MONTH = 0.05, 20
# A file with less than half of the rows of the run before, up to a later day, lost some.
LEAST_OF_LAST_RUN = 0.5
# One answer in twenty before its question: the clocks of two systems differ.
MOST_EARLY_ANSWERS = 0.05
# One order in fifty that was undone and counts as a purchase moves a return rate by as much as a recovery does.
MOST_UNDONE_ORDERS = 0.02
# An outcome that all or none of so many have is set by how the export was drawn.
FEWEST_ALL_ALIKE = 100
# Shares of two groups this far apart: one is how the other was filled in.
NEARLY_A_FUNCTION, FEWEST_OF_A_FUNCTION = 0.95, 30
# Labels of a sample whose base rates differ by more than chance allows, and by enough to turn an effect.
SAMPLE_P, LEAST_SAMPLE_DIFFERENCE = 1e-4, 0.02

# ── What of the exports stops a run ──────────────────────────────────────────────────────────────────────────────────
# A twentieth repeated: the rows have another grain than the table.
MOST_REPEATS = 0.05
# Ids that a spreadsheet rounded come by the column; one in a hundred is more than a few typed by hand.
MOST_ROUNDED_SHARE = 0.01
# One customer behind a fifth of the rows is a shop counter or a blank, unless a company declares that it has such a
# customer; fewer rows than this say nothing of shares.
MOST_OF_ONE_CUSTOMER, FEWEST_ROWS_OF_SHARES = 0.2, 50
# So many different days in nearly every month, none after the twelfth: days and months were exchanged. Sheets of the
# first days of a few months are no such thing: of exchanged dates the day says the month, and runs through all twelve.
FEWEST_DAYS_OF_THE_YEAR, FEWEST_MONTHS_OF_THE_YEAR, LAST_MONTH = 30, 10, 12
# Dates that a spreadsheet turned and dates that it left, from which it is told that it did: five different days
# up to the twelfth beside none but later ones aren't chance.
FEWEST_LEFT, FEWEST_TURNED_DAYS = 5, 5
# Nearly all rows of a table at one second: a column of the export itself is mapped as when things happened.
MOST_AT_ONE_INSTANT = 0.95
# Below, the share of customers with a second order says more of chance than of how orders were sampled.
FEWEST_CUSTOMERS_OF_SHARES = 50

# ── What is counted and shown ────────────────────────────────────────────────────────────────────────────────────────
# A cell of fewer cases could name a customer to whoever knows one of them.
MINIMUM_CELL = 10
# Weeks of a usual range: half a year holds both kinds of season; eight weeks are the fewest with a tenth on each side.
USUAL_WEEKS, FEWEST_USUAL_WEEKS = 26, 8
# Usual is where eight of ten weeks lie.
USUAL_QUANTILES = (0.1, 0.9)
# A line is drawn in the shortest step whose usual value is known to ten in a hundred: less moves by chance alone.
LEAST_PRECISION = 0.10
# An open case that no person has answered for so long lies silent.
SILENT_DAYS = 7.0
# Strata of a case mix: below, a stratum's own mean says more of chance than of the cases.
SMALLEST_STRATUM = 30
# Shrinkage towards a common mean needs at least four units (Morris 1983).
FEWEST_UNITS = 4
# Comparisons of observed cases: on each side in all, and in each stratum, fewer can't carry a mean.
FEWEST_COMPARED, FEWEST_COMPARED_IN_STRATUM = 30, 5
# With fewer than half of the cases comparable it speaks of the others; with fewer degrees of freedom, of one cluster.
LEAST_COMPARABLE_SHARE, LEAST_COMPARED_DF = 0.5, 4.0
# Kinds of failure are looked at together: of those called rising, one in twenty may be so by chance.
FALSE_RISING_SHARE = 0.05
# A single post that half the country reads is no measure of the others: the widest twentieth counts as its edge.
REACH_CAP_QUANTILE = 0.95
# Five steps of twenty incidents each are the least a curve of one event can be read from.
FEWEST_OF_EVENT_CURVE = 100
# A change in weekly posts is told where one shuffle in a hundred splits as well, on stretches of a month or more.
CHANGE_P, SHORTEST_STRETCH_WEEKS = 0.01, 4

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
# A year, every season of it, is as long as a company plans ahead: a test that ends later doesn't decide this year.
LONGEST_TEST_WEEKS = 52
# A gain below half a customer in a hundred isn't worth changing what people do.
LEAST_WORTH_HAVING_POINTS = STOPPING_TOLERANCE_POINTS
# Of all that the ledger tells as found, one in twenty may be so by chance.
FALSE_FINDINGS_SHARE = 0.05
# The sum by which people and offers are compared, a year, in reporting currency: two people, or their worth in offers.
NEXT_SUM_A_YEAR = 100_000.0
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

# ── Comparing runs ───────────────────────────────────────────────────────────────────────────────────────────────────
# Two estimates of one thing lie further apart than so many of their joint errors in one case of twenty, if they share
# no case; runs of one company share most, so that what exceeds this has moved by more than chance.
NOISE_ERRORS = 1.96
# A hundredth more rows set aside is what a reader of the quality table would see.
DRIFT_SHARE = 0.01

# ── Drafting ─────────────────────────────────────────────────────────────────────────────────────────────────────────
# More questions than seven aren't answered with care; what is left open waits.
MOST_QUESTIONS = 7
# A file that fits a table nearly as well as the one taken may be the right one, or another part of it.
LEAST_RIVAL_SHARE = 0.9
