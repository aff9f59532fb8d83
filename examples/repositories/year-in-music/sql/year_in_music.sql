WITH plays AS (
  SELECT p.user_id, p.track_id, COUNT(*) AS plays, SUM(p.ms_played) AS ms_played
  FROM `meridian-data.listening.plays_v3` AS p
  WHERE EXTRACT(YEAR FROM p.played_at) = @year
  GROUP BY 1, 2
),
ranked AS (
  SELECT
    plays.*,
    t.title,
    t.artist_name
  FROM plays
  JOIN `meridian-data.music_catalog.tracks` AS t ON t.track_id = plays.track_id
  WHERE plays.plays > 1
  QUALIFY ROW_NUMBER() OVER (PARTITION BY plays.user_id ORDER BY plays.plays DESC, plays.track_id) <= 5
)
SELECT
  u.user_id AS user_id,
  u.display_name,
  u.locale,
  ARRAY_AGG(STRUCT(r.title, r.artist_name, r.plays) ORDER BY r.plays DESC) AS top_tracks,
  DIV(SUM(r.ms_played), 60000) AS minutes
FROM `meridian-data.user_data.users_v1` AS u
JOIN ranked AS r ON r.user_id = u.user_id
GROUP BY 1, 2, 3
