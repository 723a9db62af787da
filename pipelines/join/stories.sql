-- One row per subject: what was said in the 90 days after, only with full follow-up. A kind of word of mouth that the
-- export never records is unknown, not absent. A review without a sentiment speaks by its stars (1-2, 4-5).
WITH toned AS (
    SELECT
        v.*,
        coalesce(
            v.sentiment,
            CASE
                WHEN v.kind = 'review' AND v.points <= 2 THEN 'negative'
                WHEN v.kind = 'review' AND v.points >= 4 THEN 'positive'
            END
        ) AS tone
    FROM voices AS v
    WHERE v.seconds > 0 AND v.seconds <= 7776000
),
heard AS (
    SELECT
        t.*,
        t.kind IN ('review', 'post') AND t.tone = 'negative' AS negative,
        t.kind IN ('review', 'post') AND t.tone = 'positive' AS positive,
        row_number() OVER (
            PARTITION BY t.subject_id, t.kind, CASE WHEN t.points IS NULL THEN 1 ELSE 0 END ORDER BY t.seconds, t.points
        ) AS nth
    FROM toned AS t
),
counted AS (
    SELECT
        subject_id,
        count(points) FILTER (WHERE kind IN ('nps', 'csat')) AS scores,
        max(points) FILTER (WHERE kind = 'nps' AND nth = 1) AS nps,
        max(points) FILTER (WHERE kind = 'csat' AND nth = 1) AS csat,
        max(points) FILTER (WHERE kind = 'review' AND nth = 1) AS stars,
        count(*) FILTER (WHERE kind = 'referral') AS referrals,
        count(*) FILTER (WHERE negative) AS negatives,
        count(*) FILTER (WHERE positive) AS positives,
        count(*) FILTER (WHERE praises_staff AND kind IN ('review', 'post')) AS praises,
        count(*) FILTER (WHERE has_media AND kind IN ('review', 'post')) AS shown,
        sum(reach) FILTER (WHERE kind IN ('review', 'post')) AS reach,
        min(seconds) FILTER (WHERE kind = 'post' AND negative) AS negative_post_seconds
    FROM heard
    GROUP BY subject_id
),
known AS (
    SELECT
        s.subject_id,
        c.*,
        s.age_seconds > 7776000 AND (
            (u.word_of_mouth_customer_id AND s.customer_key IS NOT NULL)
            OR (u.word_of_mouth_incident_id AND s.incident_id IS NOT NULL)
        ) AS followed
    FROM subjects AS s
    LEFT JOIN counted AS c ON c.subject_id = s.subject_id
    CROSS JOIN supplied AS u
)
SELECT
    k.subject_id,
    CASE WHEN k.followed AND (o.nps OR o.csat) THEN coalesce(k.scores, 0) > 0 END AS survey_answered,
    CASE WHEN k.followed THEN CAST(k.nps AS DOUBLE) END AS nps_score,
    CASE WHEN k.followed THEN k.nps >= 9 END AS promoter,
    CASE WHEN k.followed THEN CAST(k.stars AS DOUBLE) END AS review_stars,
    CASE WHEN k.followed AND o.referral THEN coalesce(k.referrals, 0) END AS referrals,
    CASE WHEN k.followed AND o.stories THEN coalesce(k.negatives, 0) > 0 END AS negative_post,
    CASE WHEN k.followed AND o.stories THEN coalesce(k.positives, 0) > 0 END AS positive_story,
    CASE WHEN k.followed AND o.posts AND u.word_of_mouth_praises_staff THEN coalesce(k.praises, 0) > 0 END
        AS praises_staff,
    CASE WHEN k.followed AND o.posts AND u.word_of_mouth_has_media THEN coalesce(k.shown, 0) > 0 END AS shows_pictures,
    CASE WHEN k.followed AND o.posts AND u.word_of_mouth_reach THEN CAST(coalesce(k.reach, 0) AS BIGINT) END AS reach,
    CASE WHEN k.followed THEN CASE WHEN o.score_kind = 'nps' THEN k.nps WHEN o.score_kind = 'csat' THEN k.csat END END
        AS later_score,
    k.negative_post_seconds
FROM known AS k CROSS JOIN observed AS o CROSS JOIN supplied AS u
