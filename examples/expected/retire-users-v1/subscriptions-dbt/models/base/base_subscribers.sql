SELECT
    CAST(u.user_identifier AS INT64) AS subscriber_id,
    u.subscription.tier AS current_plan,
    IFNULL(u.subscription.tier != 'free', FALSE) AS is_paying,
    UPPER(u.address.country_code) AS home_country,
    DATE(u.registered_at) AS first_seen_on,
    u.updated_at
FROM {{ source('user_data', 'users_v2') }} AS u
WHERE u.is_active
    AND u.subscription.tier IN ('premium', 'student', 'family')
