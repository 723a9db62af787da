-- One row per subject of a busy customer: what the customer said in the 90 days after without naming an incident, from
-- windows along one axis of seconds instead of pairs; of each scored kind the moment of the first score.
WITH axis AS (
    SELECT
        s.customer_key, s.at_s AS s, s.subject_id, CAST(NULL AS VARCHAR) AS kind,
        CAST(NULL AS DECIMAL(18, 4)) AS points, CAST(NULL AS BIGINT) AS reach,
        FALSE AS negative, FALSE AS positive, FALSE AS praise, FALSE AS shown
    FROM subjects AS s JOIN busy_customers AS b ON b.customer_key = s.customer_key
    UNION ALL
    SELECT v.customer_key, v.posted_s, NULL, v.kind, v.points, v.reach, v.negative, v.positive, v.praise, v.shown
    FROM said AS v JOIN busy_customers AS b ON b.customer_key = v.customer_key
    WHERE v.incident_id IS NULL
),
swept AS (
    SELECT
        subject_id,
        customer_key,
        s AS at_s,
        count(CASE WHEN kind IN ('nps', 'csat') THEN points END) OVER after AS scores,
        count(CASE WHEN kind = 'referral' THEN s END) OVER after AS referrals,
        count(CASE WHEN negative THEN s END) OVER after AS negatives,
        count(CASE WHEN positive THEN s END) OVER after AS positives,
        count(CASE WHEN praise THEN s END) OVER after AS praises,
        count(CASE WHEN shown THEN s END) OVER after AS shown,
        sum(reach) OVER after AS reach,
        min(CASE WHEN kind = 'post' AND negative THEN s END) OVER after - s AS negative_post_seconds,
        min(CASE WHEN kind = 'nps' AND points IS NOT NULL THEN s END) OVER after AS first_nps_s,
        min(CASE WHEN kind = 'csat' AND points IS NOT NULL THEN s END) OVER after AS first_csat_s,
        min(CASE WHEN kind = 'review' AND points IS NOT NULL THEN s END) OVER after AS first_review_s
    FROM axis
    WINDOW after AS (PARTITION BY customer_key ORDER BY s RANGE BETWEEN 1 FOLLOWING AND 7776000 FOLLOWING)
)
SELECT * FROM swept WHERE subject_id IS NOT NULL
