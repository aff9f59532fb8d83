package com.meridian.recs

import java.time.Year

object Buckets {
  private val bounds = Seq(18, 25, 35, 50)

  /** 0 where the year of birth is not known. */
  def age(birthYear: Option[Long]): Int =
    birthYear.fold(0) { year =>
      val years = Year.now.getValue - year.toInt
      1 + bounds.count(_ <= years)
    }
}
