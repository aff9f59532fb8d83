package com.meridian.recs

import com.spotify.scio.testing.PipelineSpec

class BucketsTest extends PipelineSpec {
  "age" should "be 0 where the year is not known" in {
    Buckets.age(None) shouldBe 0
  }
}
