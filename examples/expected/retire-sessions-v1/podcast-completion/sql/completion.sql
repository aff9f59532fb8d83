SELECT
  e.show_id,
  e.episode_id,
  DATE(s.session_start) AS day,
  UPPER(s.location.country_code) AS country,
  AVG(LEAST(p.ms_played / e.duration_ms, 1)) AS completion,
  -- e.duration_ms is the length of the episode, s.duration_seconds the one of the session
  AVG(DIV(s.duration_ms, 1000)) AS session_seconds
FROM `meridian-data.podcasts.episodes` AS e
JOIN `meridian-data.listening.plays_v3` AS p
  ON p.track_id = e.episode_id
JOIN `meridian-data.user_data.sessions_v2` AS s
  ON s.session_id = p.session_id AND CAST(s.user_identifier AS INT64) = p.user_id
WHERE DATE(s.session_start) = @run_date
GROUP BY 1, 2, 3, 4
