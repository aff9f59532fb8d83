-- sessions in which at least one episode was played
-- (sessions_v1 also has music; the join takes care of that)
select
    s.session_id
  , CAST(s.user_identifier AS INT64)                  as listener_id
  , s.session_start               as session_started_at
  , DIV(s.duration_ms, 1000)         as session_seconds
  , UPPER(s.location.country_code)              as country
  , s.client.os_name                as device_os
  , count(distinct p.track_id) as episodes
from {{ source('user_data', 'sessions_v2') }} as s
inner join {{ source('listening', 'plays_v3') }} as p
    on  p.session_id = s.session_id
    and p.user_id = CAST(s.user_identifier AS INT64)
    and p.kind = 'episode'
group by 1, 2, 3, 4, 5, 6
