{% set windows = [7, 28, 90] %}

select
    s.user_id as user_id,
    {% for days in windows -%}
    countif(s.started_at >= timestamp_sub(current_timestamp(), interval {{ days }} day)) as sessions_{{ days }}d,
    {% endfor -%}
    max(s.ended_at) as last_session_ended_at
from {{ source('user_data', 'sessions_v1') }} as s
where date(s.started_at) >= date_sub(current_date(), interval {{ windows | max }} day)
  and s.duration_seconds > 30
group by 1
