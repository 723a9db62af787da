-- One row per valid incident, as its tables tell of it: what the company reports instead is put in by reported.py.
-- Names, units and meanings: pipelines/contracts/mart.py, which also fixes order and type.
SELECT
    c.subject_id,
    c.incident_id,
    c.customer_key,
    r.on_file AS customer_on_file,
    CASE
        WHEN c.cluster_id IS NOT NULL THEN concat('cluster ', c.cluster_id)
        WHEN ev.several_customers THEN concat('event ', c.event_id)
        WHEN c.customer_key IS NOT NULL THEN concat('customer ', c.customer_key)
        ELSE concat('incident ', c.incident_id)
    END AS cluster_key,
    c.event_id,
    c.opened_at,
    CAST(c.age_seconds AS DOUBLE) / 86400 AS follow_up_days,

    h.orders_365d,
    h.earlier_spend_365d,
    CAST(h.tenure_seconds AS DOUBLE) / 86400 AS tenure_days,
    ei.earlier_incidents,
    CAST(ei.since_earlier_seconds AS DOUBLE) / 86400 AS days_since_earlier_incident,
    ei.earlier_apologies,
    CAST(es.earlier_score AS DOUBLE) AS earlier_score,
    op.site_load_24h,

    CAST(c.raising_seconds AS DOUBLE) / 3600 AS hours_to_raise,
    op.opened_month,
    op.opened_day,
    op.opened_hour,
    op.opened_at_night,
    op.opened_on_weekend,
    c.detected_by,
    c.channel,
    c.category,
    c.root_cause,
    c.severity,
    sv.severity_rank,
    c.loss_amount,
    c.fault,
    c.site_id,
    c.brand,
    CASE WHEN u.incidents_region THEN c.region ELSE cu.region END AS region,
    CASE WHEN u.incidents_segment THEN c.segment ELSE cu.segment END AS segment,
    CASE WHEN u.incidents_loyalty_tier THEN c.loyalty_tier ELSE cu.loyalty_tier END AS loyalty_tier,
    c.raised_during_service,
    CAST(c.departure_seconds AS DOUBLE) / 86400 AS days_to_departure,
    c.public_complaint,
    CASE WHEN u.incidents_event_id THEN coalesce(ev.several_customers, FALSE) END AS mass_event,
    ev.incidents AS event_size,
    sd.promised_minutes AS standard_minutes,
    sd.standard_offer_kind,
    sd.standard_offer_share,
    sd.approver AS standard_approver,
    c.assignment,
    c.{covariate},

    rs.response_status,
    CAST(rs.first_contact_seconds AS DOUBLE) / 60 AS first_contact_minutes,
    CAST(rs.first_bot_seconds AS DOUBLE) / 60 AS first_bot_minutes,
    CAST(rs.first_substance_seconds AS DOUBLE) / 60 AS first_substance_minutes,
    CAST(rs.proactive_notice_seconds AS DOUBLE) / 60 AS proactive_notice_minutes,
    rs.first_agent,
    rs.first_contact_at,
    c.responded_on_time,
    CASE
        WHEN NOT c.contacts_known THEN NULL
        WHEN CAST(rs.first_contact_seconds AS DOUBLE) / 60 <= sd.promised_minutes THEN TRUE
        WHEN CAST(c.age_seconds AS DOUBLE) / 60 > sd.promised_minutes THEN FALSE
    END AS standard_met,

    sl.company_contacts,
    CAST(sl.longest_silence_seconds AS DOUBLE) / 3600 AS longest_silence_hours,
    sl.silence_censored,
    CAST(sl.landmark_silence_seconds AS DOUBLE) / 3600 AS landmark_silence_hours,
    rv.closed,
    CAST(sl.ended_seconds AS DOUBLE) / 3600 AS closed_hours,
    rv.resolved_hours,
    rv.resolved_at_first_contact,
    rv.closed_without_contact,
    a.escalated,
    sl.handoffs,
    rv.threatened,
    rv.threatened_before_contact,
    coalesce(c.reopened_by_cut, FALSE) AS reopened,
    a.apology_given,
    a.apology_personal,
    CASE
        WHEN a.apology_given THEN coalesce(a.apology_seconds < least(a.demand_seconds, st.negative_post_seconds), TRUE)
        ELSE a.apology_given
    END AS apology_before_demand,
    a.empathy_shown,
    a.accountability_accepted,
    a.explanation_given,
    rv.commitment_made,
    pr.promises_made,
    pr.commitment_kept,
    pr.promise_due_at,
    rv.olive_branch,
    rv.words_only,
    c.fixed_for_customer,
    rv.fixed_before_departure,
    c.fix_communicated,
    a.moved_to_private,
    c.company_publicised,
    co.compensation_given,
    co.compensation_amount,
    co.compensation_share,
    co.compensation_kind,
    co.cash_share,
    co.future_credit_share,
    co.in_kind_share,
    co.gesture,
    CAST(co.paid_seconds AS DOUBLE) / 86400 AS days_to_pay,
    co.compensated_at,
    co.redeemed,
    co.within_authority,
    CASE WHEN u.incidents_cause_reviewed_at THEN c.reviewed_seconds IS NOT NULL END AS cause_reviewed,
    CAST(c.reviewed_seconds AS DOUBLE) / 86400 AS cause_review_days,
    CASE WHEN u.fixes AND c.root_cause IS NOT NULL THEN coalesce(c.opened_at >= ca.fixed_at, FALSE) END
        AS opened_after_fix,

    CAST(r.return_seconds AS DOUBLE) / 86400 AS days_to_return,
    CASE
        WHEN NOT c.contacts_known OR NOT r.on_file THEN NULL
        WHEN r.return_seconds IS NULL THEN FALSE
        ELSE coalesce(r.return_seconds < rs.first_contact_seconds, TRUE)
    END AS returned_before_contact,
    c.age_seconds > {h} * 86400 AS followed_{h}d,
    r.returned_{h}d AS returned_within_{h}d,
    r.returned_without_voucher_{h}d,
    r.spend_{h}d,
    r.spend_without_voucher_{h}d,
    r.margin_{h}d,
    sb.retained_{h}d,
    r.held_booking,
    r.held_booking_cancelled,
    CAST(sb.churn_seconds AS DOUBLE) / 86400 AS days_to_churn,
    st.survey_answered,
    st.nps_score,
    st.promoter,
    st.review_stars,
    st.referrals,
    st.negative_post,
    st.positive_story,
    st.praises_staff,
    st.shows_pictures,
    st.reach,
    re.restored
FROM cases AS c
JOIN openings AS op ON op.subject_id = c.subject_id
JOIN returns AS r ON r.subject_id = c.subject_id
JOIN histories AS h ON h.subject_id = c.subject_id
JOIN responses AS rs ON rs.subject_id = c.subject_id
JOIN silences AS sl ON sl.subject_id = c.subject_id
JOIN actions AS a ON a.subject_id = c.subject_id
JOIN promises_kept AS pr ON pr.subject_id = c.subject_id
JOIN compensation AS co ON co.subject_id = c.subject_id
JOIN recoveries AS rv ON rv.subject_id = c.subject_id
JOIN stories AS st ON st.subject_id = c.subject_id
LEFT JOIN earlier_incidents AS ei ON ei.subject_id = c.subject_id
LEFT JOIN earlier_scores AS es ON es.subject_id = c.subject_id
LEFT JOIN subscriptions_kept AS sb ON sb.subject_id = c.subject_id
LEFT JOIN restorations AS re ON re.subject_id = c.subject_id
LEFT JOIN events AS ev ON ev.event_id = c.event_id
LEFT JOIN causes AS ca ON ca.root_cause = c.root_cause
LEFT JOIN severities AS sv ON sv.severity = c.severity
LEFT JOIN recovery_standards AS sd
    ON sd.category IS NOT DISTINCT FROM c.category AND sd.severity IS NOT DISTINCT FROM c.severity
LEFT JOIN customers AS cu ON cu.customer_id = c.customer_key
CROSS JOIN supplied AS u
