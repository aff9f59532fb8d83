name := "ad-impressions-enricher"
scalaVersion := "2.12.19"

libraryDependencies ++= Seq(
  "com.spotify" %% "scio-core"                  % "0.13.6",
  "com.spotify" %% "scio-google-cloud-platform" % "0.13.6"
)
