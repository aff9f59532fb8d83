SELECT
  s.show_id AS show_id,
  s.title AS title,
  s.publisher AS publisher_name,
  NOT s.is_explicit AS is_family_friendly
FROM {{ source('podcasts', 'shows_v1') }} AS s
WHERE s.language IN ('en', 'sv')
