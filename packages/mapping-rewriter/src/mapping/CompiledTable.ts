import { ColumnMapping, MappingTable, Schemas, SqlDialect } from '../types';
import { ColumnChange } from './ColumnChange';
import { splitDataset } from './DatasetName';
import { columnType, Schema, schemaOf, typesDiffer } from './schemaOf';
import { readTransform } from './Transform';

const splitPath = (path: string) =>
  path
    .replace(/`/g, '')
    .split('.')
    .map(part => part.trim());

const startsWith = (path: string[], prefix: string[]) =>
  prefix.length <= path.length && prefix.every((part, i) => part === path[i]);

/** A mapping table made ready for look-ups. */
export class CompiledTable {
  readonly from: string[];
  readonly to: string[];
  readonly oldSchema?: Schema;
  readonly newSchema?: Schema;
  /** Lower-case top-level names of the old columns that change. */
  readonly changedRoots: Set<string> = new Set();
  private readonly lines = new Map<string, ColumnMapping>();
  private readonly paths: string[][] = [];
  private readonly changes = new Map<string, ColumnChange>();

  constructor(
    readonly table: MappingTable,
    private readonly options: {
      schemas?: Schemas;
      dialect: SqlDialect;
    },
  ) {
    this.from = splitDataset(table.from);
    this.to = splitDataset(table.to);
    this.oldSchema = schemaOf(options.schemas, table.from);
    this.newSchema = schemaOf(options.schemas, table.to);
    for (const line of table.columns) {
      const path = splitPath(line.from.toLowerCase());
      if (!this.lines.has(path.join('.'))) {
        this.lines.set(path.join('.'), line);
        this.paths.push(path);
      }
    }
    const roots = new Set(this.paths.map(path => path[0]));
    if (this.oldSchema) {
      Object.keys(this.oldSchema).forEach(name =>
        roots.add(name.split('.')[0].toLowerCase()),
      );
    }
    for (const root of roots) {
      if (this.changesInside([root])) {
        this.changedRoots.add(root);
      }
    }
  }

  /** Whether anything but the dataset's name changes. */
  get hasChanges(): boolean {
    return (
      this.changedRoots.size > 0 || this.table.unmappedColumns === 'refuse'
    );
  }

  cause(line?: ColumnMapping): string {
    return line
      ? `${this.table.from}:${line.line ?? line.from}`
      : this.table.from;
  }

  /** Whether the old dataset has the column, as far as schema and mapping tell. */
  has(column: string): 'yes' | 'no' | 'unknown' {
    const name = column.toLowerCase();
    if (
      this.paths.some(path => path[0] === name) ||
      /^_(table_suffix|partition(time|date)|file_name)$/.test(name)
    ) {
      return 'yes';
    }
    if (this.oldSchema) {
      return Object.keys(this.oldSchema).some(
        key => key.split('.')[0].toLowerCase() === name,
      )
        ? 'yes'
        : 'no';
    }
    return 'unknown';
  }

  /** Whether the column or a field inside it changes. */
  changesInside(path: string[]): boolean {
    return (
      this.change(path).kind !== 'keep' ||
      this.paths.some(
        line =>
          line.length > path.length &&
          startsWith(line, path) &&
          this.change(line).kind !== 'keep',
      )
    );
  }

  /** What becomes of an old column or field; names are compared without case. */
  change(path: string[]): ColumnChange {
    const lower = path.map(part => part.toLowerCase());
    const key = lower.join('.');
    let change = this.changes.get(key);
    if (!change) {
      change = this.compute(lower);
      this.changes.set(key, change);
    }
    return change;
  }

  /**
   * What becomes of a record or array that is only walked through, as by
   * UNNEST: its own name counts, what changes inside it is judged where it is
   * read.
   */
  container(path: string[]): ColumnChange {
    const lower = path.map(part => part.toLowerCase());
    if (this.lines.has(lower.join('.'))) {
      return this.change(lower);
    }
    const inner = this.paths.filter(
      line => line.length > lower.length && startsWith(line, lower),
    );
    if (inner.length === 0) {
      return this.change(lower);
    }
    const homes = new Set(
      inner
        .map(line => this.lines.get(line.join('.'))!)
        .filter(line => line.to !== undefined && line.decision === undefined)
        .map(line => splitPath(line.to!).slice(0, lower.length).join('.')),
    );
    const [home] = homes;
    const line = this.lines.get(inner[0].join('.'))!;
    const cause = this.cause(line);
    if (homes.size > 1) {
      return {
        kind: 'refuse',
        code: 'type-change',
        reason: `the fields of ${path.join('.')} move to different records`,
        line,
        cause,
      };
    }
    if (home === undefined || home.toLowerCase() === lower.join('.')) {
      return { kind: 'keep' };
    }
    return { kind: 'rename', to: home.split('.'), line, cause };
  }

  private compute(path: string[]): ColumnChange {
    const exact = this.lines.get(path.join('.'));
    if (exact) {
      return this.changeOfLine(exact, path);
    }
    for (let size = path.length - 1; size > 0; size--) {
      const line = this.lines.get(path.slice(0, size).join('.'));
      if (line) {
        const change = this.changeOfLine(line, path.slice(0, size));
        if (change.kind === 'rename') {
          return { ...change, to: [...change.to, ...path.slice(size)] };
        }
        if (change.kind === 'convert') {
          return {
            kind: 'refuse',
            code: 'type-change',
            reason: `${line.from} is computed from the new columns, and a field inside it cannot be read from that`,
            line,
            cause: change.cause,
          };
        }
        return change;
      }
    }
    const inner = this.paths.find(
      line =>
        line.length > path.length &&
        startsWith(line, path) &&
        this.change(line).kind !== 'keep',
    );
    if (inner) {
      const line = this.lines.get(inner.join('.'));
      return {
        kind: 'refuse',
        code: 'type-change',
        reason: `${path.join('.')} is used as a whole, and ${inner.join(
          '.',
        )} inside it changes`,
        line,
        cause: this.cause(line),
      };
    }
    return this.changeOfUnmapped(path);
  }

  private changeOfUnmapped(path: string[]): ColumnChange {
    const name = path.join('.');
    const pseudo = path[0].startsWith('_') && !this.oldSchema?.[path[0]];
    if (
      path[0] === '_table_suffix' &&
      this.table.from.endsWith('*') &&
      !this.table.to.endsWith('*')
    ) {
      return {
        kind: 'refuse',
        code: 'unmapped-column',
        reason: `${this.table.to} is one table without _TABLE_SUFFIX, and no mapping line says what takes its place`,
        cause: this.cause(),
      };
    }
    if (pseudo) {
      return { kind: 'keep' };
    }
    if (this.table.unmappedColumns === 'refuse') {
      return {
        kind: 'refuse',
        code: 'unmapped-column',
        reason: `no mapping line names ${name}`,
        cause: this.cause(),
      };
    }
    const gone =
      this.newSchema &&
      !columnType(this.newSchema, path) &&
      (!this.oldSchema || columnType(this.oldSchema, path));
    if (gone) {
      return {
        kind: 'refuse',
        code: 'unmapped-column',
        reason: `no mapping line names ${name}, and ${this.table.to} has no such column`,
        cause: this.cause(),
      };
    }
    const types = typesDiffer(this, path, path);
    if (types) {
      return {
        kind: 'refuse',
        code: 'type-change',
        reason: `no mapping line names ${name}, and its type changes from ${types}`,
        to: path,
        cause: this.cause(),
      };
    }
    return { kind: 'keep' };
  }

  private changeOfLine(line: ColumnMapping, path: string[]): ColumnChange {
    const cause = this.cause(line);
    const note = line.note ? `: ${line.note}` : '';
    const to =
      line.to === undefined || line.to.trim() === ''
        ? undefined
        : splitPath(line.to);
    if (line.decision === 'person') {
      return {
        kind: 'refuse',
        code: 'person-decides',
        reason: `a person decides what takes the place of ${line.from}${note}`,
        to,
        line,
        cause,
      };
    }
    if (line.transform !== undefined && line.transform.trim() !== '') {
      return this.changeByTransform(line, line.transform, path, to);
    }
    if (!to) {
      return {
        kind: 'refuse',
        code: 'dropped-column',
        reason: `${line.from} has no successor${note}`,
        line,
        cause,
      };
    }
    const types = typesDiffer(
      this,
      path,
      to.map(part => part.toLowerCase()),
    );
    if (types) {
      return {
        kind: 'refuse',
        code: 'type-change',
        reason: `${line.from} becomes ${line.to} and changes its type from ${types}, and no transform gives the old value back`,
        to,
        line,
        cause,
      };
    }
    return to.join('.') === line.from.replace(/`/g, '')
      ? { kind: 'keep' }
      : { kind: 'rename', to, line, cause };
  }

  private changeByTransform(
    line: ColumnMapping,
    text: string,
    path: string[],
    to: string[] | undefined,
  ): ColumnChange {
    const cause = this.cause(line);
    const transform = readTransform(text.trim(), this.options.dialect);
    if (transform.problem) {
      return {
        kind: 'refuse',
        code: 'no-inverse',
        reason: `the transform of ${line.from} cannot be used: ${transform.problem}`,
        to,
        line,
        cause,
      };
    }
    const lowerTo = to?.map(part => part.toLowerCase());
    const readsNew = transform.reads.some(
      read => lowerTo && startsWith(read.path, lowerTo),
    );
    const readsOld = transform.reads.some(read => startsWith(read.path, path));
    if (
      lowerTo &&
      transform.reads.length === 1 &&
      readsNew &&
      transform.text.toLowerCase() === lowerTo.join('.')
    ) {
      return lowerTo.join('.') === path.join('.')
        ? { kind: 'keep' }
        : { kind: 'rename', to: to!, line, cause };
    }
    if (readsOld && !readsNew) {
      return {
        kind: 'refuse',
        code: 'no-inverse',
        reason: `only the way from ${line.from} to ${
          line.to ?? 'its successor'
        } is known, and the old value is needed here`,
        to,
        line,
        cause,
      };
    }
    return { kind: 'convert', transform, to, line, cause };
  }
}
