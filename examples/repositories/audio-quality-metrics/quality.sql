SELECT
  p.country,
  p.device.os,
  COUNT(*) AS plays,
  COUNTIF(e.kind = 'stall') AS stalls,
  COUNT(DISTINCT p.user_id) AS listeners
FROM `meridian-data.listening.plays_v3` AS p
LEFT JOIN `meridian-data.telemetry.playback_errors` AS e USING (play_id)
WHERE p.played_at >= TIMESTAMP_SUB(@run_time, INTERVAL 1 HOUR)
GROUP BY p.country, p.device.os
