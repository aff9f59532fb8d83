lazy val root = project
  .in(file("."))
  .settings(
    name := "track-catalog-ingest",
    scalaVersion := "2.13.14",
    libraryDependencies += "com.spotify" %% "scio-google-cloud-platform" % "0.14.8"
  )
