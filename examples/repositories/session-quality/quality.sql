SELECT
  DATE(s.started_at) AS day,
  s.platform,
  s.device.os AS os,
  APPROX_QUANTILES(s.duration_seconds, 100)[OFFSET(50)] / 60 AS minutes,
  COUNT(DISTINCT s.user_id) AS listeners
FROM `meridian-data.user_data.sessions_v1_*` AS s
WHERE s._TABLE_SUFFIX = FORMAT_DATE('%Y%m%d', @run_date)
  AND NOT s.is_offline
GROUP BY 1, 2, 3
