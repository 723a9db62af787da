-- One row per customer and moment at which nothing had failed; outcomes and history defined as for incidents.
SELECT
    n.subject_id,
    n.customer_key,
    make_timestamp(n.index_s * 1000000) AS index_at,
    CAST(s.age_seconds AS DOUBLE) / 86400 AS follow_up_days,
    h.orders_365d,
    h.earlier_spend_365d,
    CAST(h.tenure_seconds AS DOUBLE) / 86400 AS tenure_days,
    CAST(es.earlier_score AS DOUBLE) AS earlier_score,
    n.site_id,
    n.brand,
    n.region,
    n.segment,
    n.loyalty_tier,
    n.{covariate},
    CAST(r.return_seconds AS DOUBLE) / 86400 AS days_to_return,
    st.survey_answered,
    st.nps_score,
    st.promoter,
    st.review_stars,
    st.referrals,
    st.negative_post,
    st.positive_story,
    st.praises_staff,
    st.reach,
    s.age_seconds > {h} * 86400 AS followed_{h}d,
    r.returned_{h}d AS returned_within_{h}d,
    r.returned_without_voucher_{h}d,
    r.spend_{h}d,
    r.spend_without_voucher_{h}d,
    r.margin_{h}d,
    sb.retained_{h}d,
    strftime((make_timestamp(n.index_s * 1000000) AT TIME ZONE 'UTC') AT TIME ZONE e.time_zone, '%Y-%m') AS opened_month
FROM never_failed AS n
JOIN subjects AS s ON s.subject_id = n.subject_id
JOIN returns AS r ON r.subject_id = s.subject_id
JOIN histories AS h ON h.subject_id = s.subject_id
JOIN stories AS st ON st.subject_id = s.subject_id
LEFT JOIN earlier_scores AS es ON es.subject_id = s.subject_id
LEFT JOIN subscriptions_kept AS sb ON sb.subject_id = s.subject_id
CROSS JOIN settings AS e
