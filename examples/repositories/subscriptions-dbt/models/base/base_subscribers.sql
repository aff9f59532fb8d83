SELECT
    u.user_id AS subscriber_id,
    u.plan AS current_plan,
    u.is_premium AS is_paying,
    u.country AS home_country,
    u.signup_date AS first_seen_on,
    u.updated_at
FROM {{ source('user_data', 'users_v1') }} AS u
WHERE u.is_active
    AND u.plan IN ('premium', 'student', 'family')
