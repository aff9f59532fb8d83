package com.meridian.catalogue

import scala.util.matching.Regex

object Feed {
  private val field: Regex = """"(\w+)"\s*:\s*"([^"]*)"""".r

  def parse(line: String): Option[Ingest.Track] = {
    val values = field.findAllMatchIn(line).map(m => m.group(1) -> m.group(2)).toMap
    for {
      id     <- values.get("id")
      title  <- values.get("title")
      artist <- values.get("artist")
      holder <- values.get("rights_holder")
    } yield Ingest.Track(id, title, artist, values.get("isrc"), holder, values.get("territory"))
  }
}
