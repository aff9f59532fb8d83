INSERT INTO `meridian-data.personalization.session_quality_daily` (day, platform, os, minutes, listeners)
WITH shards AS (
  SELECT *, _TABLE_SUFFIX AS shard
  FROM `meridian-data.user_data.sessions_v1_*`
  WHERE _TABLE_SUFFIX BETWEEN '20260101' AND '20260131'
)
SELECT
  PARSE_DATE('%Y%m%d', shards.shard) AS day,
  shards.platform,
  shards.device.os AS os,
  SUM(shards.duration_seconds) / 60 AS minutes,
  COUNT(DISTINCT shards.user_id) AS listeners
FROM shards
GROUP BY 1, 2, 3
