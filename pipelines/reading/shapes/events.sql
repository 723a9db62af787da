-- One row per event of a case, in order, with what it is to the case. Rows of the log that can't be read are left out.
-- Of a log of states a row counts where the state changes. `opens` holds after opening and reopening, in a log of
-- states also while staff work; `ends` after a resolution or closing. A case that opens again after it ended is reopened.
WITH placed AS (
    SELECT e.*, row_number() OVER (PARTITION BY "case" ORDER BY moment, place) AS nth
    FROM {events} AS e
    WHERE _fault = 0
),
changed AS (
    SELECT
        p.*,
        CASE
            WHEN {repeats} AND told IS NOT DISTINCT FROM
                last_value(told IGNORE NULLS) OVER (PARTITION BY "case" ORDER BY nth ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                AND nth > 1
            THEN NULL
            ELSE step
        END AS happened
    FROM placed AS p
),
phased AS (
    SELECT
        c.*,
        CASE
            WHEN happened IN ('resolve', 'close') THEN 'ended'
            WHEN happened IN ('open', 'reopen') OR ({repeats} AND happened IN ('touch', 'work', 'escalate')) THEN 'open'
        END AS phase
    FROM changed AS c
),
followed AS (
    SELECT
        h.*,
        last_value(phase IGNORE NULLS) OVER (PARTITION BY "case" ORDER BY nth ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
            AS phase_before
    FROM phased AS h
)
SELECT
    f.*,
    coalesce(happened = 'reopen' OR (phase = 'open' AND phase_before = 'ended'), FALSE) AS reopens,
    coalesce(
        max(CASE WHEN happened = 'reopen' OR (phase = 'open' AND phase_before = 'ended') THEN nth END)
            OVER (PARTITION BY "case"),
        0
    ) AS last_reopening
FROM followed AS f
