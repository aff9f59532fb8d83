SELECT
  DATE(s.session_start) AS day,
  s.platform,
  s.client.os_name AS os,
  APPROX_QUANTILES(DIV(s.duration_ms, 1000), 100)[OFFSET(50)] / 60 AS minutes,
  COUNT(DISTINCT CAST(s.user_identifier AS INT64)) AS listeners
FROM `meridian-data.user_data.sessions_v2_*` AS s
WHERE s._TABLE_SUFFIX = FORMAT_DATE('%Y%m%d', @run_date)
  AND NOT s.is_offline
GROUP BY 1, 2, 3
