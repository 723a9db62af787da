-- One row per subject of a busy customer: what the customer said in the 90 days after without naming an incident, and
-- of each scored kind the moment of the first score. Running sums along one axis of seconds, read at marks of each
-- subject, instead of pairs: what lies between two marks is the difference of the sums there.
WITH marked AS (
    SELECT s.subject_id, s.customer_key, s.at_s
    FROM subjects AS s JOIN busy_customers AS b ON b.customer_key = s.customer_key
    WHERE s.at_s IS NOT NULL
),
axis AS (
    SELECT
        v.customer_key, v.posted_s AS s, CAST(NULL AS BIGINT) AS subject_id, CAST(NULL AS BIGINT) AS at_s,
        CAST(NULL AS VARCHAR) AS mark, v.kind, v.points, v.reach, v.negative, v.positive, v.praise, v.shown
    FROM said AS v JOIN busy_customers AS b ON b.customer_key = v.customer_key
    WHERE v.incident_id IS NULL
    UNION ALL
    SELECT customer_key, at_s, subject_id, at_s, 'now', NULL, NULL, NULL, FALSE, FALSE, FALSE, FALSE FROM marked
    UNION ALL
    SELECT customer_key, at_s + 1, subject_id, at_s, 'next', NULL, NULL, NULL, FALSE, FALSE, FALSE, FALSE FROM marked
    UNION ALL
    SELECT customer_key, at_s + 7776000, subject_id, at_s, 'end', NULL, NULL, NULL, FALSE, FALSE, FALSE, FALSE
    FROM marked
),
swept AS (
    SELECT
        subject_id,
        customer_key,
        at_s,
        mark,
        count(CASE WHEN kind IN ('nps', 'csat') THEN points END) OVER so_far AS scores,
        count(CASE WHEN kind = 'referral' THEN s END) OVER so_far AS referrals,
        count(CASE WHEN negative THEN s END) OVER so_far AS negatives,
        count(CASE WHEN positive THEN s END) OVER so_far AS positives,
        count(CASE WHEN praise THEN s END) OVER so_far AS praises,
        count(CASE WHEN shown THEN s END) OVER so_far AS shown,
        coalesce(sum(reach) OVER so_far, 0) AS reach,
        min(CASE WHEN kind = 'post' AND negative THEN s END) OVER from_here AS negative_post_s,
        min(CASE WHEN kind = 'nps' AND points IS NOT NULL THEN s END) OVER from_here AS first_nps_s,
        min(CASE WHEN kind = 'csat' AND points IS NOT NULL THEN s END) OVER from_here AS first_csat_s,
        min(CASE WHEN kind = 'review' AND points IS NOT NULL THEN s END) OVER from_here AS first_review_s
    FROM axis
    WINDOW
        so_far AS (PARTITION BY customer_key ORDER BY s RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
        from_here AS (PARTITION BY customer_key ORDER BY s DESC RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT
    subject_id,
    customer_key,
    at_s,
    sum(CASE mark WHEN 'end' THEN scores WHEN 'now' THEN -scores END) AS scores,
    sum(CASE mark WHEN 'end' THEN referrals WHEN 'now' THEN -referrals END) AS referrals,
    sum(CASE mark WHEN 'end' THEN negatives WHEN 'now' THEN -negatives END) AS negatives,
    sum(CASE mark WHEN 'end' THEN positives WHEN 'now' THEN -positives END) AS positives,
    sum(CASE mark WHEN 'end' THEN praises WHEN 'now' THEN -praises END) AS praises,
    sum(CASE mark WHEN 'end' THEN shown WHEN 'now' THEN -shown END) AS shown,
    sum(CASE mark WHEN 'end' THEN reach WHEN 'now' THEN -reach END) AS reach,
    min(CASE WHEN mark = 'next' AND negative_post_s <= at_s + 7776000 THEN negative_post_s END) - at_s
        AS negative_post_seconds,
    min(CASE WHEN mark = 'next' THEN first_nps_s END) AS first_nps_s,
    min(CASE WHEN mark = 'next' THEN first_csat_s END) AS first_csat_s,
    min(CASE WHEN mark = 'next' THEN first_review_s END) AS first_review_s
FROM swept
WHERE subject_id IS NOT NULL
GROUP BY subject_id, customer_key, at_s
