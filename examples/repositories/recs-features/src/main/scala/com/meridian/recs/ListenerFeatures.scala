package com.meridian.recs

import com.spotify.scio._
import com.spotify.scio.bigquery._
import com.spotify.scio.bigquery.types.BigQueryType

object ListenerFeatures {

  @BigQueryType.fromQuery(
    """
    SELECT u.user_id, u.country, u.birth_year, u.is_premium, u.device.os AS os
    FROM `meridian-data.user_data.users_v1` AS u
    WHERE u.is_active
    """
  )
  class Listener

  @BigQueryType.toTable
  case class Features(
      user_id: Long,
      country: Option[String],
      age_bucket: Int,
      is_premium: Boolean,
      sessions: Long,
      minutes: Double
  )

  def main(cmdlineArgs: Array[String]): Unit = {
    val (sc, args) = ContextAndArgs(cmdlineArgs)
    val date = args("date")

    val listeners = sc.typedBigQuery[Listener]().keyBy(_.user_id)

    val sessions = sc
      .bigQueryTable(Table.Spec("meridian-data:user_data.sessions_v1"))
      .filter(_.getTimestamp("started_at").toString.startsWith(date))
      .map(row => (row.getLong("user_id"), row.getLong("duration_seconds")))
      .aggregateByKey((0L, 0L))(
        { case ((n, s), seconds) => (n + 1, s + seconds) },
        { case ((n1, s1), (n2, s2)) => (n1 + n2, s1 + s2) }
      )

    listeners
      .leftOuterJoin(sessions)
      .map { case (id, (listener, totals)) =>
        val (n, seconds) = totals.getOrElse((0L, 0L))
        Features(
          user_id = id,
          country = listener.country,
          age_bucket = Buckets.age(listener.birth_year),
          is_premium = listener.is_premium.getOrElse(false),
          sessions = n,
          minutes = seconds / 60.0
        )
      }
      .saveAsTypedBigQueryTable(Table.Spec(args("output")), writeDisposition = WRITE_TRUNCATE)

    sc.run()
    ()
  }
}
