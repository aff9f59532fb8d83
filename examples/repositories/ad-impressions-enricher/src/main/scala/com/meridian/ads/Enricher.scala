package com.meridian.ads

import com.spotify.scio.ContextAndArgs
import com.spotify.scio.bigquery._

final case class ListenerInfo(country: String, plan: String)

object Enricher {

  // plan is a reserved word for nobody but our linter
  private val listenerQuery =
    s"""SELECT user_id, country, plan
       |FROM `meridian-data.user_data.users_v1`
       |WHERE is_active AND country IS NOT NULL""".stripMargin

  def main(cmdlineArgs: Array[String]): Unit = {
    val (sc, args) = ContextAndArgs(cmdlineArgs)

    val listeners = sc
      .bigQuerySelect(Query(listenerQuery))
      .map(r => r.getLong("user_id") -> ListenerInfo(r.getString("country"), r.getString("plan")))
      .asMapSideInput

    sc.bigQueryTable(Table.Spec("meridian-data:ads.impressions"))
      .withSideInputs(listeners)
      .map { (row, ctx) =>
        ctx(listeners).get(row.getLong("user_id")) match {
          case Some(info) => row.clone().set("listener_country", info.country).set("plan", info.plan)
          case None       => row
        }
      }
      .toSCollection
      .saveAsBigQueryTable(Table.Spec(args("output")))

    sc.run()
  }
}
