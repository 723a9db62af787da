-- One row: which actions and which kinds of word of mouth the export records at all. What it never records, for
-- anyone, is unknown for everyone.
WITH acts AS (
    SELECT
        coalesce(bool_or(action = 'apologise'), FALSE) AS apologise,
        coalesce(bool_or(action = 'empathise'), FALSE) AS empathise,
        coalesce(bool_or(action = 'own'), FALSE) AS own,
        coalesce(bool_or(action = 'explain'), FALSE) AS explain,
        coalesce(bool_or(action = 'commit'), FALSE) AS commit,
        coalesce(bool_or(action = 'offer'), FALSE) AS offer,
        coalesce(bool_or(action = 'resolve'), FALSE) AS resolve,
        coalesce(bool_or(action = 'escalate'), FALSE) AS escalate
    FROM interactions
),
kinds AS (
    SELECT
        coalesce(bool_or(kind = 'nps' AND score IS NOT NULL), FALSE) AS nps,
        coalesce(bool_or(kind = 'csat' AND score IS NOT NULL), FALSE) AS csat,
        coalesce(bool_or(kind = 'review' AND score IS NOT NULL), FALSE) AS stars,
        coalesce(bool_or(kind = 'referral'), FALSE) AS referral,
        coalesce(bool_or(kind IN ('review', 'post') AND sentiment IS NOT NULL), FALSE)
            OR coalesce(bool_or(kind = 'review' AND score IS NOT NULL), FALSE) AS stories,
        coalesce(bool_or(kind IN ('review', 'post')), FALSE) AS posts
    FROM word_of_mouth
)
SELECT
    acts.*,
    kinds.*,
    CASE WHEN kinds.nps THEN 'nps' WHEN kinds.csat THEN 'csat' END AS score_kind
FROM acts CROSS JOIN kinds
