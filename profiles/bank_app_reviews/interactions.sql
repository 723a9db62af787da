-- One row per reply to a review with one or two stars. The text is read for actions and then dropped.
SELECT
    reviewId AS incident_id,
    repliedAt AS contacted_at,
    'agent' AS actor,
    replyContent AS message,
    _file,
    _line
FROM reviews
WHERE score IN ('1', '2') AND repliedAt IS NOT NULL
