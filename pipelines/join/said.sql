-- One row per thing said before the cut, with its tone. A review without a sentiment speaks by its stars (1-2, 4-5).
WITH toned AS (
    SELECT
        w.*,
        date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', w.posted_at)) AS posted_s,
        CAST(w.score AS DECIMAL(18, 4)) AS points,
        w.kind IN ('review', 'post') AS open_to_all,
        coalesce(
            w.sentiment,
            CASE
                WHEN w.kind = 'review' AND CAST(w.score AS DECIMAL(18, 4)) <= 2 THEN 'negative'
                WHEN w.kind = 'review' AND CAST(w.score AS DECIMAL(18, 4)) >= 4 THEN 'positive'
            END
        ) AS tone
    FROM word_of_mouth AS w CROSS JOIN settings AS s
    WHERE w.posted_at < s.cut_at
)
SELECT
    incident_id,
    customer_id AS customer_key,
    posted_s,
    kind,
    points,
    CASE WHEN open_to_all THEN reach END AS reach,
    open_to_all AND tone = 'negative' AS negative,
    open_to_all AND tone = 'positive' AS positive,
    open_to_all AND praises_staff AS praise,
    open_to_all AND has_media AS shown
FROM toned
