{% snapshot plan_history %}

{{
    config(
        unique_key='user_id',
        strategy='timestamp',
        updated_at='updated_at'
    )
}}

SELECT
    CAST(u.user_identifier AS INT64) AS user_id,
    u.subscription.tier AS plan,
    UPPER(u.address.country_code) AS country,
    u.updated_at
FROM {{ source('user_data', 'users_v2') }} AS u

{% endsnapshot %}
