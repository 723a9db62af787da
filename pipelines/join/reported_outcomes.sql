-- One row per incident with any outcome that the company holds itself: its value and the days it was followed. Yes by
-- day d holds for every longer horizon, no by day d for every shorter one; the rest stays unknown.
WITH reported AS (
    SELECT
        c.subject_id,
        o.outcome,
        o.value,
        date_diff('second', c.opened_second, date_trunc('second', o.followed_until)) // 86400 AS days
    FROM outcomes AS o
    JOIN cases AS c ON c.incident_id = o.incident_id
),
pivoted AS (
    SELECT
        subject_id,
        max(value) FILTER (WHERE outcome = '{reported}') AS value_{reported},
        max(days) FILTER (WHERE outcome = '{reported}') AS days_{reported},
        count(*) AS outcomes
    FROM reported
    GROUP BY subject_id
)
SELECT
    subject_id,
    CASE WHEN value_returned > 0 AND days_returned <= {h} THEN TRUE WHEN value_returned = 0 AND days_returned >= {h} THEN FALSE END AS returned_{h}d,
    CASE WHEN value_retained > 0 AND days_retained >= {h} THEN TRUE WHEN value_retained = 0 AND days_retained <= {h} THEN FALSE END AS retained_{h}d,
    CASE WHEN days_spend = {h} THEN CAST(value_spend AS DECIMAL(18, 4)) END AS spend_{h}d,
    CASE WHEN days_spend_without_voucher = {h} THEN CAST(value_spend_without_voucher AS DECIMAL(18, 4)) END AS spend_without_voucher_{h}d,
    value_{declared} AS outcome_{declared},
    value_days_to_return AS days_to_return,
    value_held_booking_cancelled > 0 AS held_booking_cancelled,
    value_promoter > 0 AS promoter,
    value_review_stars AS review_stars,
    CAST(value_referrals AS BIGINT) AS referrals,
    value_negative_post > 0 AS negative_post,
    value_positive_story > 0 AS positive_story,
    value_reopened > 0 AS reopened,
    value_restored > 0 AS restored
FROM pivoted
