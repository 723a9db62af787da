-- One row per subject: what was said in the 90 days after, only with full follow-up. A kind of word of mouth that the
-- export never records is unknown, not absent.
WITH heard AS (
    SELECT
        v.*,
        row_number() OVER (
            PARTITION BY v.subject_id, v.kind, CASE WHEN v.points IS NULL THEN 1 ELSE 0 END ORDER BY v.seconds, v.points
        ) AS nth
    FROM voices AS v
    WHERE v.seconds > 0 AND v.seconds <= 7776000
),
counted AS (
    SELECT
        subject_id,
        count(points) FILTER (WHERE counts AND kind IN ('nps', 'csat')) AS scores,
        max(points) FILTER (WHERE kind = 'nps' AND nth = 1) AS nps,
        max(points) FILTER (WHERE kind = 'csat' AND nth = 1) AS csat,
        max(points) FILTER (WHERE kind = 'review' AND nth = 1) AS stars,
        count(*) FILTER (WHERE kind = 'referral') AS referrals,
        count(*) FILTER (WHERE negative) AS negatives,
        count(*) FILTER (WHERE positive) AS positives,
        count(*) FILTER (WHERE praise) AS praises,
        count(*) FILTER (WHERE shown) AS shown,
        sum(reach) AS reach,
        min(seconds) FILTER (WHERE kind = 'post' AND negative) AS negative_post_seconds
    FROM heard
    GROUP BY subject_id
),
known AS (
    SELECT
        s.subject_id,
        coalesce(c.scores, 0) + coalesce(b.scores, 0) AS scores,
        c.nps,
        c.csat,
        c.stars,
        coalesce(c.referrals, 0) + coalesce(b.referrals, 0) AS referrals,
        coalesce(c.negatives, 0) + coalesce(b.negatives, 0) AS negatives,
        coalesce(c.positives, 0) + coalesce(b.positives, 0) AS positives,
        coalesce(c.praises, 0) + coalesce(b.praises, 0) AS praises,
        coalesce(c.shown, 0) + coalesce(b.shown, 0) AS shown,
        coalesce(c.reach, 0) + coalesce(b.reach, 0) AS reach,
        least(
            coalesce(c.negative_post_seconds, b.negative_post_seconds),
            coalesce(b.negative_post_seconds, c.negative_post_seconds)
        ) AS negative_post_seconds,
        s.age_seconds > 7776000 AND (
            (u.word_of_mouth_customer_id AND s.customer_key IS NOT NULL)
            OR (u.word_of_mouth_incident_id AND s.incident_id IS NOT NULL)
        ) AS followed
    FROM subjects AS s
    LEFT JOIN counted AS c ON c.subject_id = s.subject_id
    LEFT JOIN busy_voices AS b ON b.subject_id = s.subject_id
    CROSS JOIN supplied AS u
)
SELECT
    k.subject_id,
    CASE WHEN k.followed AND (o.nps OR o.csat) THEN k.scores > 0 END AS survey_answered,
    CASE WHEN k.followed THEN CAST(k.nps AS DOUBLE) END AS nps_score,
    CASE WHEN k.followed THEN k.nps >= 9 END AS promoter,
    CASE WHEN k.followed THEN CAST(k.stars AS DOUBLE) END AS review_stars,
    CASE WHEN k.followed AND o.referral THEN k.referrals END AS referrals,
    CASE WHEN k.followed AND o.stories THEN k.negatives > 0 END AS negative_post,
    CASE WHEN k.followed AND o.stories THEN k.positives > 0 END AS positive_story,
    CASE WHEN k.followed AND o.posts AND u.word_of_mouth_praises_staff THEN k.praises > 0 END
        AS praises_staff,
    CASE WHEN k.followed AND o.posts AND u.word_of_mouth_has_media THEN k.shown > 0 END AS shows_pictures,
    CASE WHEN k.followed AND o.posts AND u.word_of_mouth_reach THEN CAST(k.reach AS BIGINT) END AS reach,
    CASE WHEN k.followed THEN CASE WHEN o.score_kind = 'nps' THEN k.nps WHEN o.score_kind = 'csat' THEN k.csat END END
        AS later_score,
    k.negative_post_seconds
FROM known AS k CROSS JOIN observed AS o CROSS JOIN supplied AS u
