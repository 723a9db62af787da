-- One row per check: how many rows of the export show what it looks for.
SELECT
    'exact_duplicates' AS "check",
    'complaints alike another in every column; kept' AS subject,
    count(*) - count(DISTINCT row(
        "Date received", Product, "Sub-product", Issue, "Sub-issue", Company, State, "ZIP code",
        "Consumer consent provided?", "Submitted via", "Date sent to company", "Company response to consumer",
        "Timely response?", "Consumer disputed?"
    )) AS value,
    'complaints' AS unit
FROM complaints
UNION ALL
SELECT 'sent_before_received', 'complaints sent to the company before they were received',
    count(*) FILTER (WHERE strptime("Date sent to company", '%m/%d/%Y') < strptime("Date received", '%m/%d/%Y')), 'complaints'
FROM complaints
UNION ALL
SELECT 'dispute_unknown', 'complaints without a yes or no on the dispute; left out of its rates',
    count(*) FILTER (WHERE coalesce("Consumer disputed?", '') NOT IN ('Yes', 'No')), 'complaints'
FROM complaints
