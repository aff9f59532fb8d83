import { CompiledTable } from '../mapping/CompiledTable';
import { detectLanguage } from '../embedded/detectLanguage';
import { Producers } from '../producers/Producers';
import { placeOf } from '../producers/Units';
import { DbtProject } from '../project/DbtProject';
import { Binding, OldUse } from '../resolve/Binding';
import { Resolver } from '../resolve/Resolver';
import { Query, Statement, TableRef } from '../sql/ast';
import { MappingTable, RewriteOptions, SourceFile, SqlDialect } from '../types';
import { Binder } from './Binder';
import { Culprit } from './Findings';
import { addMadeTables, modelOutput } from './macroShapes';
import { Definition, outputQuery, Region } from './Region';

/** All that one rewrite knows: the mappings, the project, what was read and what was decided so far. */
export class Session {
  readonly mappings: CompiledTable[];
  readonly dialect: SqlDialect;
  readonly project: DbtProject;
  readonly regions: Region[] = [];
  /** Table references that stay on the old dataset. */
  readonly frozen = new Set<TableRef>();
  /** Why each of them stays. */
  readonly frozenBecause = new Map<TableRef, Culprit>();
  /** Texts that the analysis failed on. */
  readonly faulty = new Set<Region>();
  /** Refusals of earlier looks. */
  readonly culprits: Culprit[] = [];
  /** Tables whose star is written out as a list. */
  readonly expanded = new Set<TableRef>();
  private readonly bindings = new Map<TableRef, Binding>();
  /** References that move together: one is named by the other. */
  private readonly links = new Map<TableRef, Set<TableRef>>();
  private active?: Region[];
  private knownProducers?: Producers;
  private defined?: Set<string>;
  private readonly binder = new Binder(this);
  private readonly outputs = new Map<Region, Query | undefined>();
  /** Statements that end in a macro which may give away anything. */
  private readonly hidden = new Set<Statement>();
  private readonly sourceUses = new Map<string, TableRef[]>();
  private readonly modelRegions = new Map<string, Region>();

  constructor(
    readonly files: SourceFile[],
    private readonly tables: MappingTable[],
    readonly options: RewriteOptions,
    project?: DbtProject,
  ) {
    this.dialect = options.dialect ?? 'bigquery';
    this.mappings = tables.map(
      table =>
        new CompiledTable(table, {
          schemas: options.schemas,
          dialect: this.dialect,
        }),
    );
    this.project = project ?? DbtProject.read(files);
  }

  /** The same project and mappings, with nothing read yet. */
  again(): Session {
    return new Session(this.files, this.tables, this.options, this.project);
  }

  /** Whether what the project defines under an old name takes the new one. */
  get renamesDefinitions(): boolean {
    return /^(rename|move)$/.test(this.options.definitions ?? '');
  }

  /** Who builds what; call once all regions are there. */
  get producers(): Producers {
    this.knownProducers ??= new Producers(this);
    return this.knownProducers;
  }

  get renames(): boolean {
    return this.options.outputs === 'rename';
  }

  /** Whether data and commands in strings of other languages are looked for. */
  get readsMentions(): boolean {
    const { data, commands } = this.options;
    return data === 'rename' || commands === 'rename';
  }

  /** Whether a file may have to change though it names no deprecated dataset. */
  get readsEverything(): boolean {
    const { documentation, data } = this.options;
    return this.renames || documentation === 'rename' || data === 'rename';
  }

  /** A resolver for the state of decisions so far; its answers are cached, so take a new one when they change. */
  resolver(): Resolver {
    return new Resolver({
      dialect: this.dialect,
      bindingOf: table => this.bindings.get(table),
      expanded: this.expanded,
    });
  }

  addRegion(region: Region): void {
    this.regions.push(region);
    addMadeTables(region, this.project.macros);
    if (region.whole) {
      const name = region.file
        .slice(region.file.lastIndexOf('/') + 1)
        .replace(/\.\w+$/, '');
      this.modelRegions.set(name, region);
    }
  }

  /** Whether a definition of this kind has a name already, in any file. */
  isDefined(kind: Definition['kind'], name: string): boolean {
    const own = kind === 'doc' ? 'docs' : kind;
    return this.definitions().has(`${own}:${name}`);
  }

  private definitions(): Set<string> {
    this.defined ??= new Set(
      this.regions.flatMap(region =>
        region.definitions.map(
          ({ kind, start, end }) =>
            `${kind}:${region.content.slice(start, end)}`,
        ),
      ),
    );
    return this.defined;
  }

  /** Knows what another session of the same project knows to be defined, in files that this one has not read. */
  knowDefinitionsOf(other: Session): void {
    this.defined = new Set([...other.definitions(), ...this.definitions()]);
  }

  /** Whether a text is the whole name of a deprecated table that the mapping gives without a dataset. */
  isTableName(text: string): boolean {
    return this.mappings.some(
      ({ from }) => from.length === 1 && from[0] === text,
    );
  }

  /** The references that go through the entry of a dbt source. */
  usesOfSource(key: string): TableRef[] {
    return this.sourceUses.get(key) ?? [];
  }

  /**
   * The tables that the statements of a job file name: those in the file
   * itself, in the SQL files that it names, or else in one of its own name.
   */
  jobTables(job: Region): TableRef[] {
    const folder = job.file.slice(0, job.file.lastIndexOf('/') + 1);
    const stem = job.file.replace(/\.\w+$/, '');
    const named = new Set<string>();
    for (const match of job.content.matchAll(/[\w./-]+\.(sql|bq|ddl)\b/gi)) {
      named.add(folder + match[0].replace(/^\.\//, ''));
      named.add(match[0]);
    }
    const isOwn = (region: Region) =>
      region.file === job.file ||
      named.has(region.file) ||
      (named.size === 0 && region.file.replace(/\.\w+$/, '') === stem);
    return this.regions.filter(isOwn).flatMap(region => region.tree.tables);
  }

  /** The texts of the project's programs, without their comments. */
  programs(): string[] {
    return this.files
      .filter(file =>
        /^(python|scala|notebook)$/.test(
          detectLanguage(file.path, file.content),
        ),
      )
      .map(file =>
        file.content.replace(
          /\/\*[^]*?\*\/|(?<!:)\/\/[^\n]*|^\s*#[^\n]*/gm,
          ' ',
        ),
      );
  }

  /** The SQL texts of a file. */
  regionsOf(path: string): Region[] {
    return this.regions.filter(region => region.file === path);
  }

  /** Decides what every table reference names. Call once, when all regions are there. */
  bindAll(): void {
    const constants = new Map<string, TableRef>();
    for (const region of this.regions) {
      const output = outputQuery(region);
      if (output?.scopes.length === 0 && !this.outputOf(region)) {
        this.hidden.add(output.statement);
      }
      for (const table of [...region.looseTables, ...region.tree.tables]) {
        const binding = this.binder.bind(region, table);
        this.bindings.set(table, binding);
        for (const { start } of binding.old?.changes ?? []) {
          if (start < table.start || start > table.end) {
            // a constant that others may go by as well
            const constant = `${region.file}:${start}`;
            const other = constants.get(constant);
            constants.set(constant, table);
            if (other) {
              this.link(table, other);
            }
          }
        }
        const key = binding.old?.sourceKey;
        if (key !== undefined) {
          this.sourceUses.set(key, [
            ...(this.sourceUses.get(key) ?? []),
            table,
          ]);
        }
      }
    }
  }

  /** The texts in which anything could change. */
  activeRegions(): Region[] {
    if (!this.active) {
      const names = this.mappings.some(
        ({ table }) => table.functions || table.macros || table.variables,
      );
      const concerned = (table: TableRef) => {
        const binding = this.bindings.get(table);
        return binding?.old !== undefined || binding?.model !== undefined;
      };
      this.active = this.regions.filter(
        region =>
          names ||
          region.tree.tables.some(concerned) ||
          region.looseTables.some(concerned) ||
          region.tokens.length > 0 ||
          region.definitions.length > 0 ||
          region.mentions.length > 0,
      );
    }
    return this.active;
  }

  bindingOf(table: TableRef): Binding | undefined {
    return this.bindings.get(table);
  }

  /** The deprecated dataset that a reference names and leaves, undefined where it stays or names another. */
  oldUse(table: TableRef): OldUse | undefined {
    return this.frozen.has(table) ? undefined : this.bindings.get(table)?.old;
  }

  /** Leaves a reference, and those that stand or fall with it, on the old dataset. */
  freeze(table: TableRef, because: Culprit): boolean {
    if (this.frozen.has(table)) {
      return false;
    }
    this.frozen.add(table);
    this.frozenBecause.set(table, because);
    this.expanded.delete(table);
    for (const other of this.links.get(table) ?? []) {
      this.freeze(other, because);
    }
    return true;
  }

  /** Leaves all references of these files, or of all, on the old dataset, because a rewrite of them could not be proven. */
  giveUp(files?: Set<string>): void {
    for (const [table, { old, file }] of this.bindings) {
      if (old && (!files || files.has(file)) && !this.frozen.has(table)) {
        const culprit: Culprit = {
          file,
          start: table.start,
          end: table.end,
          kind: old.kind,
          code: 'unparsable',
          reason:
            'the rewritten text could not be proven to read the successor alone',
          cause: old.cause,
          tables: [table],
        };
        this.culprits.push(culprit);
        this.freeze(table, culprit);
      }
    }
  }

  /**
   * Leaves references that would close a circle of tables built from each
   * other. @returns whether there were any
   */
  freezeCycles(): boolean {
    const moved = new Set<string>();
    for (const [table, { old, file }] of this.bindings) {
      if (old && !this.frozen.has(table)) {
        moved.add(placeOf(file, table));
      }
    }
    const closing = [...this.bindings].filter(
      ([table, { old, file }]) =>
        old &&
        table.access === 'read' &&
        !this.frozen.has(table) &&
        this.producers.closesCycle(file, table, place => moved.has(place)),
    );
    for (const [table, { old, file }] of closing) {
      const { from, to } = old!.mapping.table;
      const culprit: Culprit = {
        file,
        start: table.start,
        end: table.end,
        kind: old!.kind,
        code: 'builds-dataset',
        reason: `with this read of ${from} moved, ${to} would be built from itself`,
        cause: old!.cause,
        tables: [table],
      };
      this.culprits.push(culprit);
      this.freeze(table, culprit);
    }
    return closing.length > 0;
  }

  /** Says that two references move together. */
  link(a: TableRef, b: TableRef): void {
    this.links.set(a, (this.links.get(a) ?? new Set()).add(b));
    this.links.set(b, (this.links.get(b) ?? new Set()).add(a));
  }

  /** The query of a model of this project, by its name. */
  modelQuery(name: string): Query | undefined {
    const region = this.modelRegions.get(name);
    return region && this.outputOf(region);
  }

  /** The query whose columns a text gives away, where that can be told. */
  outputOf(region: Region): Query | undefined {
    if (!this.outputs.has(region)) {
      this.outputs.set(region, modelOutput(region, this.project.macros));
    }
    return this.outputs.get(region);
  }

  /** Whether output columns take new names in a statement: where asked, unless a macro hides what the statement gives away. */
  renamesIn(statement: Statement): boolean {
    return this.renames && !this.hidden.has(statement);
  }
}
