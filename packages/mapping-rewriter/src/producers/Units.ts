import { isCteName } from '../rewrite/isCteName';
import { Region } from '../rewrite/Region';
import { Session } from '../rewrite/Session';
import { TableRef } from '../sql/ast';
import { builtByFile } from './builtByFile';
import { ProjectNames } from './ProjectNames';
import { Relation } from './Relation';

/** A table that something reads. */
export interface Read {
  /** `path:offset` of the reference. */
  place: string;
  relations: Relation[];
  /** What it names once it has moved; undefined where no mapping moves it. */
  successors?: Relation[];
  /** The deprecated dataset that it names. */
  predecessors: Relation[];
}

/** Something that builds tables from others: a statement, a model, a job. */
export interface Unit {
  builds: Relation[];
  reads: Read[];
}

export const placeOf = (file: string, table: TableRef) =>
  `${file}:${table.start}`;

/** What the texts of sessions of one project build, and from what. What builds nothing is no unit. */
export function readUnits(sessions: Session[]): Unit[] {
  const names = new ProjectNames(sessions);
  const jobs = jobsOf(sessions, names);
  return sessions.flatMap(session =>
    session.regions.flatMap(region => unitsOf(session, region, names, jobs)),
  );
}

function unitsOf(
  session: Session,
  region: Region,
  names: ProjectNames,
  jobs: Map<string, Relation[]>,
): Unit[] {
  const ofText = builtByText(region, names, jobs);
  const units = new Map<string, Unit>();
  for (const table of [...region.tree.tables, ...region.looseTables]) {
    const builds = builtAround(session, region, table, names) ?? ofText;
    const relations = names.relationsOf(session, region, table);
    if (
      builds.length === 0 ||
      relations.length === 0 ||
      table.access === 'write' ||
      isCteName(table)
    ) {
      continue;
    }
    const key = JSON.stringify(builds);
    const unit = units.get(key) ?? { builds, reads: [] };
    units.set(key, unit);
    unit.reads.push({
      place: placeOf(region.file, table),
      relations,
      successors: names.successorsOf(session, table),
      predecessors: names.predecessorsOf(session, table),
    });
  }
  return [...units.values()];
}

/** What the statement of a reference writes, or the model that a unit test around it is of. */
function builtAround(
  session: Session,
  region: Region,
  table: TableRef,
  names: ProjectNames,
): Relation[] | undefined {
  if (table.statement.writes.length > 0) {
    return table.statement.writes.flatMap(target =>
      names.relationsOf(session, region, target),
    );
  }
  const test = region.unitTests.find(
    ({ start, end }) => start <= table.start && table.end <= end,
  );
  return test && [{ table: test.model.toLowerCase(), model: true }];
}

/** What a text builds that does not say so in SQL. */
function builtByText(
  region: Region,
  names: ProjectNames,
  jobs: Map<string, Relation[]>,
): Relation[] {
  const byJobs = jobs.get(region.file) ?? [];
  const writes = region.tree.statements.some(
    statement => statement.writes.length > 0,
  );
  return region.whole && !writes
    ? [...builtByFile(region, names), ...byJobs]
    : byJobs;
}

/** What jobs and programs write, by the file that they run: their own, or a SQL file that they name. */
function jobsOf(
  sessions: Session[],
  names: ProjectNames,
): Map<string, Relation[]> {
  const jobs = new Map<string, Relation[]>();
  for (const session of sessions) {
    for (const region of session.regions) {
      const written = region.looseTables
        .filter(({ access }) => access === 'write')
        .flatMap(table => names.relationsOf(session, region, table))
        // rights to all tables of a dataset build none of them
        .filter(({ table }) => table !== '*');
      for (const file of written.length > 0 ? runBy(region) : []) {
        jobs.set(file, [...(jobs.get(file) ?? []), ...written]);
      }
    }
  }
  return jobs;
}

function runBy(job: Region): string[] {
  const folder = job.file.slice(0, job.file.lastIndexOf('/') + 1);
  const named = [...job.content.matchAll(/[\w./-]+\.(sql|bq|ddl)\b/gi)].map(
    ([path]) => path.replace(/^\.?\//, ''),
  );
  const stem = job.file.replace(/\.\w+$/, '');
  return [
    job.file,
    ...(named.length === 0 ? [`${stem}.sql`] : []),
    ...named.flatMap(path => [path, folder + path]),
  ];
}
