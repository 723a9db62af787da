-- One row per day: posts and reviews that speak ill. Negative as in the mart: by sentiment, else a review by its stars.
SELECT CAST(w.posted_at AS DATE) AS posted_on, count(*) AS posts
FROM word_of_mouth AS w
WHERE w.kind IN ('post', 'review')
    AND (w.sentiment = 'negative' OR (w.sentiment IS NULL AND w.kind = 'review' AND w.score <= 2))
GROUP BY CAST(w.posted_at AS DATE)
ORDER BY posted_on
