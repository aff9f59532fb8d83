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
  s.show_id AS show_id,
  s.title AS title,
  s.category AS category,
  s.is_explicit AS is_explicit,
  RANK() OVER (
    PARTITION BY s.category, s.is_explicit
    ORDER BY listening.listeners DESC
  ) AS position
FROM `meridian-data.podcasts.shows_v1` AS s
JOIN listening
  ON listening.show_id = s.show_id
WHERE s.episode_count > 0
