WITH per_user AS (
  SELECT
    s.user_id AS user_id,
    DATE(s.started_at) AS day,
    LAG(DATE(s.started_at)) OVER (PARTITION BY s.user_id ORDER BY s.started_at) AS day_before
  FROM `meridian-data.user_data.sessions_v1` AS s
  WHERE s.event_count > 1
)

SELECT
  day,
  COUNT(DISTINCT user_id) AS listeners,
  COUNT(DISTINCT IF(DATE_DIFF(day, day_before, DAY) <= 7, user_id, NULL)) AS returning_listeners
FROM per_user
GROUP BY day
