SELECT
  pay.account_id,
  CAST(usr.user_identifier AS INT64) AS user_id,
  usr.email,
  pay.card_country != UPPER(usr.address.country_code) AS card_from_elsewhere,
  COUNT(DISTINCT pay.card_hash) AS cards,
  MIN(TIMESTAMP_DIFF(pay.paid_at, usr.created_at, MINUTE)) AS minutes_to_first_payment
FROM `meridian-data`.`billing`.`payments` AS pay
JOIN `meridian-data`.`user_data`.`users_v2` AS usr
  ON CAST(usr.user_identifier AS INT64) = pay.user_id
WHERE pay.paid_at >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 DAY)
  AND EXISTS (
    SELECT 1
    FROM `meridian-data`.`billing`.`accounts` AS acc
    WHERE acc.user_id = pay.user_id
      AND acc.address.country != pay.card_country
  )
GROUP BY 1, 2, 3, 4
HAVING cards > 2 OR minutes_to_first_payment < 2
