-- One row per review with one or two stars. A reply older than the review's last edit answered an earlier text, and
-- when that was written isn't recorded: whether and when the bank answered this one can't be known.
SELECT
    reviewId AS incident_id,
    "at" AS opened_at,
    bank AS brand,
    'Google Play' AS channel,
    'customer' AS detected_by,
    'yes' AS public_complaint,
    CASE WHEN repliedAt < "at" THEN 'no' ELSE 'yes' END AS response_known,
    _file,
    _line
FROM reviews
WHERE score IN ('1', '2')
