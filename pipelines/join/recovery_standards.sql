-- One row per category and severity met: the recovery standard that applies, the most specific first
-- (category and severity, then category, then severity, then the one for everything).
WITH given AS (
    SELECT
        nullif(category, '') AS category,
        nullif(severity, '') AS severity,
        promised_minutes,
        standard_offer_kind,
        standard_offer_share,
        approver
    FROM standards
),
met AS (
    SELECT DISTINCT category, severity FROM cases
),
ranked AS (
    SELECT
        m.category,
        m.severity,
        t.promised_minutes,
        t.standard_offer_kind,
        t.standard_offer_share,
        t.approver,
        row_number() OVER (
            PARTITION BY m.category, m.severity
            ORDER BY
                CASE WHEN t.category IS NULL THEN 2 ELSE 0 END + CASE WHEN t.severity IS NULL THEN 1 ELSE 0 END,
                t.promised_minutes, t.standard_offer_kind, t.standard_offer_share, t.approver
        ) AS nth
    FROM met AS m
    JOIN given AS t
        ON (t.category IS NULL OR t.category = m.category) AND (t.severity IS NULL OR t.severity = m.severity)
)
SELECT category, severity, promised_minutes, standard_offer_kind, standard_offer_share, approver
FROM ranked
WHERE nth = 1
