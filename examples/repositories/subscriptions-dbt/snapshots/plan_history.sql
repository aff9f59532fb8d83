{% snapshot plan_history %}

{{
    config(
        unique_key='user_id',
        strategy='timestamp',
        updated_at='updated_at'
    )
}}

SELECT
    u.user_id AS user_id,
    u.plan AS plan,
    u.country AS country,
    u.updated_at
FROM {{ source('user_data', 'users_v1') }} AS u

{% endsnapshot %}
