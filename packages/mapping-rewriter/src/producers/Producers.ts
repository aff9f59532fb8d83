import { readProject } from '../rewrite/readProject';
import { Session } from '../rewrite/Session';
import { TableRef } from '../sql/ast';
import { Relation, relationOf, sameRelation } from './Relation';
import { placeOf, Read, readUnits, Unit } from './Units';

/** Why a read of a deprecated dataset must stay. */
export type Guard = 'builds-successor' | 'builds-old';

const equal = (a: Relation, b: Relation) =>
  a.table === b.table &&
  a.dataset === b.dataset &&
  a.project === b.project &&
  a.model === b.model &&
  a.file === b.file;

/**
 * Who builds what in a project, as far as a mapping needs to know it: the
 * successor is very often built from the old table, and a read that moved
 * there would be a read of itself.
 */
export class Producers {
  private readonly sessions: Session[];
  private readonly filesRead: Set<string>;
  /** Names of tables whose files have been read. */
  private readonly sought = new Set<string>();
  private units: Unit[];
  private byPlace = new Map<string, Unit>();

  constructor(private readonly session: Session) {
    this.sessions = [session];
    this.filesRead = new Set(session.regions.map(({ file }) => file));
    this.units = [];
    this.readFilesOf(
      session.mappings.flatMap(({ to, table }) => [
        to[to.length - 1],
        ...(table.models ?? []).map(line => line.to),
      ]),
      true,
    );
  }

  /** Whether a read must stay because of what it is for. */
  guard(file: string, table: TableRef): Guard | undefined {
    const unit = this.byPlace.get(placeOf(file, table));
    const read = unit?.reads.find(
      ({ place }) => place === placeOf(file, table),
    );
    if (!unit || !read?.successors) {
      return undefined;
    }
    if (
      this.reaches(read.successors, unit.builds, ({ relations }) => relations)
    ) {
      return 'builds-successor';
    }
    const { definitions } = this.session.options;
    const own = unit.builds.some(
      built =>
        !built.guessed &&
        read.predecessors.some(old => sameRelation(old, built)),
    );
    return own && definitions !== 'rename' && definitions !== 'move'
      ? 'builds-old'
      : undefined;
  }

  /** Whether a read that has moved closes a circle, all other moves taken in. */
  closesCycle(
    file: string,
    table: TableRef,
    moved: (place: string) => boolean,
  ): boolean {
    const unit = this.byPlace.get(placeOf(file, table));
    const read = unit?.reads.find(
      ({ place }) => place === placeOf(file, table),
    );
    return (
      unit !== undefined &&
      read?.successors !== undefined &&
      this.reaches(
        read.successors,
        unit.builds,
        ({ place, relations, successors }) =>
          successors && moved(place) ? successors : relations,
      )
    );
  }

  /** Whether some of `targets` is among what `from` is built from, or is it. */
  private reaches(
    from: Relation[],
    targets: Relation[],
    readsOf: (read: Read) => Relation[],
  ): boolean {
    const seen: Relation[] = [];
    let front = from;
    while (front.length > 0) {
      const here = front;
      if (here.some(one => targets.some(other => sameRelation(one, other)))) {
        return true;
      }
      seen.push(...here);
      this.readFilesOf(here.filter(it => !it.file).map(it => it.table));
      front = [
        ...this.units
          .filter(unit =>
            unit.builds.some(built => here.some(it => sameRelation(it, built))),
          )
          .flatMap(unit => unit.reads.flatMap(readsOf)),
        ...this.knownElsewhere(here),
      ].filter(it => !seen.some(other => equal(it, other)));
    }
    return false;
  }

  /** What the lineage that is given along says that these are built from. */
  private knownElsewhere(relations: Relation[]): Relation[] {
    const { lineage = {}, defaultProject } = this.session.options;
    return Object.entries(lineage)
      .filter(([name]) => {
        const built = relationOf(name, defaultProject);
        return built && relations.some(it => sameRelation(it, built));
      })
      .flatMap(([, names]) =>
        names.flatMap(name => relationOf(name, defaultProject) ?? []),
      );
  }

  /** Reads the files that may build tables of these names. */
  private readFilesOf(tables: string[], force = false): void {
    const names = tables
      .map(name => name.toLowerCase().replace(/\*$/, ''))
      .filter(name => name !== '' && !this.sought.has(name));
    names.forEach(name => this.sought.add(name));
    const wanted = new Set(
      names.length === 0
        ? []
        : this.session.files
            .filter(({ path }) => !this.filesRead.has(path))
            .filter(({ path, content }) => {
              const text = `${path}\n${content}`.toLowerCase();
              return names.some(name => text.includes(name));
            })
            .map(({ path }) => path),
    );
    if (wanted.size > 0) {
      const more = this.session.again();
      readProject(more, true, path => wanted.has(path));
      wanted.forEach(path => this.filesRead.add(path));
      this.sessions.push(more);
    }
    if (wanted.size > 0 || force) {
      this.units = readUnits(this.sessions);
      this.byPlace = new Map(
        this.units.flatMap(unit => unit.reads.map(read => [read.place, unit])),
      );
    }
  }
}
