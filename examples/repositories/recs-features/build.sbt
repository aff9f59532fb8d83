val scioVersion = "0.14.8"
val beamVersion = "2.59.0"

lazy val root = (project in file("."))
  .settings(
    name := "recs-features",
    organization := "com.meridian",
    scalaVersion := "2.13.14",
    scalacOptions ++= Seq("-deprecation", "-Ymacro-annotations"),
    libraryDependencies ++= Seq(
      "com.spotify" %% "scio-core" % scioVersion,
      "com.spotify" %% "scio-google-cloud-platform" % scioVersion,
      "org.apache.beam" % "beam-runners-google-cloud-dataflow-java" % beamVersion,
      "com.spotify" %% "scio-test" % scioVersion % Test
    )
  )
