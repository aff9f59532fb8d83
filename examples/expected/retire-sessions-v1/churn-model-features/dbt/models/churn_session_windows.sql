{% set windows = [7, 28, 90] %}

select
    CAST(s.user_identifier AS INT64) as user_id,
    {% for days in windows -%}
    countif(s.session_start >= timestamp_sub(current_timestamp(), interval {{ days }} day)) as sessions_{{ days }}d,
    {% endfor -%}
    max(s.session_end) as last_session_ended_at
from {{ source('user_data', 'sessions_v2') }} as s
where date(s.session_start) >= date_sub(current_date(), interval {{ windows | max }} day)
  and DIV(s.duration_ms, 1000) > 30
group by 1
