-- Shows by listeners of the last seven days, a chart for each category.
WITH listening AS (
  SELECT
    p.show_id,
    COUNT(DISTINCT p.user_id) AS listeners
  FROM `meridian-data.podcasts.show_plays` AS p
  WHERE p.played_on BETWEEN DATE_SUB(@run_date, INTERVAL 6 DAY) AND @run_date
  GROUP BY p.show_id
)

SELECT
  @run_date AS chart_date,
  CAST(s.show_identifier AS INT64) AS show_id,
  s.name AS title,
  s.primary_category AS category,
  IFNULL(s.content_rating = 'explicit', FALSE) AS is_explicit,
  RANK() OVER (
    PARTITION BY s.primary_category, IFNULL(s.content_rating = 'explicit', FALSE)
    ORDER BY listening.listeners DESC
  ) AS position
FROM `meridian-data.podcasts.shows_v2` AS s
JOIN listening
  ON listening.show_id = CAST(s.show_identifier AS INT64)
WHERE s.episode_count > 0
