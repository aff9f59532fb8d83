import { project } from '../words.mjs';

const camel = name =>
  name
    .split('-')
    .map(word => word[0].toUpperCase() + word.slice(1))
    .join('');

/** A Scio pipeline that reads a deprecated dataset, by a query or as a table. */
export function scioPipeline(random, { name, dataset }) {
  const job = camel(name);
  const path = `src/main/scala/com/meridian/${name.replace(
    /-/g,
    '',
  )}/${job}.scala`;
  const columns = random.sample(
    Object.keys(dataset.outputs).filter(column => !column.includes('.')),
    2,
  );
  const byQuery = random.chance(0.5);
  const scala = random.pick(['2.12.19', '2.13.14']);
  const input = byQuery
    ? `sc.bigQuerySelect(Query(
      """SELECT ${dataset.id}, ${columns.join(', ')}
        |FROM \`${project}.user_data.${dataset.from}\`""".stripMargin
    ))`
    : `sc.bigQueryTable(Table.Spec("${project}:user_data.${dataset.from}"))`;
  const files = () => ({
    'build.sbt': `name := "${name}"
scalaVersion := "${scala}"
libraryDependencies += "com.spotify" %% "scio-google-cloud-platform" % "0.14.8"
`,
    [path]: `package com.meridian.${name.replace(/-/g, '')}

import com.spotify.scio.ContextAndArgs
import com.spotify.scio.bigquery._

object ${job} {
  def main(cmdlineArgs: Array[String]): Unit = {
    val (sc, args) = ContextAndArgs(cmdlineArgs)
    val rows = ${input}

    rows
      .map(row => (row.getLong("${dataset.id}"), row.get("${columns[0]}")))
      .countByKey
      .map { case (id, n) => TableRow("user_id" -> id, "n" -> n) }
      .saveAsBigQueryTable(Table.Spec(args("output")))

    sc.run()
  }
}
`,
  });
  return { files, reads: [] };
}
