-- One row per check: how many rows of the export show what it looks for.
SELECT
    'answered_before_opening' AS "check",
    'replies older than the last edit of their review' AS subject,
    count(*) FILTER (WHERE repliedAt < "at") AS value,
    'reviews' AS unit
FROM reviews
UNION ALL
SELECT 'shared_customer_name', 'reviews under the name "A Google user"', count(*) FILTER (WHERE userName = 'A Google user'), 'reviews'
FROM reviews
UNION ALL
SELECT 'answered_after_a_year', 'replies more than 365 days after their review',
    count(*) FILTER (WHERE date_diff('second', CAST("at" AS TIMESTAMP), CAST(repliedAt AS TIMESTAMP)) > 365 * 86400), 'reviews'
FROM reviews
