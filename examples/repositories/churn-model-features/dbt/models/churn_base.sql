{{ config(partition_by={'field': 'snapshot_date', 'data_type': 'date'}) }}

with users as (
    select
        u.user_id as user_id,
        u.country as country,
        date_diff(current_date(), u.signup_date, day) as tenure_days,
        u.is_premium as is_premium,
        u.is_active
    from {{ source('user_data', 'users_v1') }} as u
    {% if target.name == 'dev' %}
    where mod(u.user_id, 100) = 0
    {% endif %}
)

select
    current_date() as snapshot_date,
    users.user_id,
    users.country,
    users.tenure_days,
    users.is_premium,
    w.sessions_7d,
    w.sessions_28d,
    w.sessions_90d
from users
left join {{ ref('churn_session_windows') }} as w
    on w.user_id = users.user_id
where users.is_active
