WITH per_user AS (
  SELECT
    CAST(s.user_identifier AS INT64) AS user_id,
    DATE(s.session_start) AS day,
    LAG(DATE(s.session_start)) OVER (PARTITION BY CAST(s.user_identifier AS INT64) ORDER BY s.session_start) AS day_before
  FROM `meridian-data.user_data.sessions_v2` AS s
  WHERE s.interaction_count > 1
)

SELECT
  day,
  COUNT(DISTINCT user_id) AS listeners,
  COUNT(DISTINCT IF(DATE_DIFF(day, day_before, DAY) <= 7, user_id, NULL)) AS returning_listeners
FROM per_user
GROUP BY day
