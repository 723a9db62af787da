-- One row: the mean score of never-failed customers in the 90 days after their moment, summed as decimals.
SELECT CAST(sum(t.later_score) AS DOUBLE) / CAST(count(t.later_score) AS DOUBLE) AS mean_score
FROM stories AS t
WHERE t.subject_id < 0
HAVING count(t.later_score) > 0
