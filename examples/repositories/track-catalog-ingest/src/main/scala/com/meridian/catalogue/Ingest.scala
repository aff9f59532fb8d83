package com.meridian.catalogue

import com.spotify.scio.ContextAndArgs
import com.spotify.scio.bigquery._
import com.spotify.scio.bigquery.types.BigQueryType

object Ingest {

  @BigQueryType.toTable
  case class Track(
      track_id: String,
      title: String,
      artist_name: String,
      isrc: Option[String],
      rights_holder_id: String,
      country: Option[String]
  )

  def main(cmdlineArgs: Array[String]): Unit = {
    val (sc, args) = ContextAndArgs(cmdlineArgs)

    sc.textFile(args("input"))
      .flatMap(Feed.parse)
      .groupBy(_.track_id)
      .map { case (_, versions) => versions.maxBy(_.title.length) }
      .saveAsTypedBigQueryTable(Table.Spec("meridian-data:music_catalog.tracks"))

    sc.run()
  }
}
