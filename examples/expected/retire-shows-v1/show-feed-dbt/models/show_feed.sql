SELECT
  CAST(s.show_identifier AS INT64) AS show_id,
  s.name AS title,
  s.publisher.name AS publisher_name,
  IFNULL(s.content_rating != 'explicit', TRUE) AS is_family_friendly
FROM {{ source('podcasts', 'shows_v2') }} AS s
WHERE s.language IN ('en', 'sv')
