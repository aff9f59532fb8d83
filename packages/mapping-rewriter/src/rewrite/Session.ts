import { CompiledTable, schemaOf } from '../mapping/CompiledTable';
import { detectLanguage } from '../embedded/detectLanguage';
import { DbtProject } from '../project/DbtProject';
import { Binding, Has, OldUse } from '../resolve/Binding';
import { bindName } from '../resolve/bindName';
import { BindOptions } from '../resolve/BindOptions';
import { bindRef } from '../resolve/bindRef';
import { bindSource, sourceArguments } from '../resolve/bindSource';
import { Resolver } from '../resolve/Resolver';
import { Query, Statement, TableRef } from '../sql/ast';
import { MappingTable, RewriteOptions, SourceFile, SqlDialect } from '../types';
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
  private defined?: Set<string>;
  private readonly outputs = new Map<Region, Query | undefined>();
  /** Statements that end in a macro which may give away anything. */
  private readonly hidden = new Set<Statement>();
  private readonly sourceUses = new Map<string, TableRef[]>();
  private readonly mentioned = new Map<string, boolean>();
  private readonly modelRegions = new Map<string, Region>();

  constructor(
    readonly files: SourceFile[],
    tables: MappingTable[],
    readonly options: RewriteOptions,
  ) {
    this.dialect = options.dialect ?? 'bigquery';
    this.mappings = tables.map(
      table =>
        new CompiledTable(table, {
          schemas: options.schemas,
          dialect: this.dialect,
        }),
    );
    this.project = DbtProject.read(files);
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
    for (const region of this.regions) {
      const output = outputQuery(region);
      if (output?.scopes.length === 0 && !this.outputOf(region)) {
        this.hidden.add(output.statement);
      }
      for (const table of [...region.looseTables, ...region.tree.tables]) {
        const binding = this.bind(region, table);
        this.bindings.set(table, binding);
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

  private link(a: TableRef, b: TableRef): void {
    this.links.set(a, (this.links.get(a) ?? new Set()).add(b));
    this.links.set(b, (this.links.get(b) ?? new Set()).add(a));
  }

  private mentions(file: string, name: string): boolean {
    const key = `${file}\n${name}`;
    let found = this.mentioned.get(key);
    if (found === undefined) {
      const content = this.files.find(f => f.path === file)?.content ?? '';
      found = content
        .toLowerCase()
        .includes(name.toLowerCase().replace(/\*$/, ''));
      this.mentioned.set(key, found);
    }
    return found;
  }

  private bindOptions(): BindOptions {
    return {
      defaultProject: this.options.defaultProject,
      caseSensitive: this.dialect === 'bigquery',
      mentions: (file, name) => this.mentions(file, name),
    };
  }

  private bind(region: Region, table: TableRef): Binding {
    const named = this.namedBinding(region, table);
    if (named) {
      return named;
    }
    if (/^\{\{-?\s*this\s*-?\}\}$/.test(table.expression ?? '')) {
      return this.ownBinding(region, table);
    }
    const old = this.oldOf(region, table);
    const dataset = this.datasetOf(table);
    return {
      table,
      file: region.file,
      dataset,
      sure: old ? old.sure : dataset !== '',
      old,
      implicitAlias: old?.implicitAlias?.before ?? this.implicitAlias(table),
      has: column => this.has(dataset, old, column),
      model: this.renames && !old ? this.modelOf(table) : undefined,
    };
  }

  /** `{{ this }}` is what the model itself gives away. */
  private ownBinding(region: Region, table: TableRef): Binding {
    return {
      table,
      file: region.file,
      dataset: '',
      sure: true,
      has: () => 'yes',
      model: this.renames ? this.outputOf(region) : undefined,
    };
  }

  /** `FROM {{ users }}` after `{% set users = ref('users') %}`. */
  private namedBinding(region: Region, table: TableRef): Binding | undefined {
    const name = /^\{\{-?\s*(\w+)\s*-?\}\}$/.exec(table.expression ?? '')?.[1];
    const target =
      name === undefined
        ? this.madeTable(region, table)
        : region.tableNames.get(name);
    const binding = target && this.bindings.get(target);
    if (!target || !binding) {
      return undefined;
    }
    this.link(table, target);
    return {
      ...binding,
      table,
      old: binding.old && {
        ...binding.old,
        changes: [],
        implicitAlias: target.made ? undefined : binding.old.implicitAlias,
      },
      implicitAlias: target.made ? undefined : binding.implicitAlias,
    };
  }

  /** `FROM users`, where a macro makes the WITH query `users` of a model. */
  private madeTable(region: Region, table: TableRef): TableRef | undefined {
    const [part] = table.parts;
    return table.parts.length === 1 && !table.call && part.value !== undefined
      ? region.madeNames.get(part.value.toLowerCase())
      : undefined;
  }

  private oldOf(region: Region, table: TableRef): OldUse | undefined {
    if (!table.call) {
      return bindName(
        { path: region.file, content: region.content },
        table,
        this.mappings,
        this.bindOptions(),
      );
    }
    return /ref$/.test(table.call.name)
      ? bindRef(table, this.mappings)
      : bindSource(
          table,
          this.mappings,
          key => this.project.sources.get(key),
          this.bindOptions(),
        );
  }

  private implicitAlias(table: TableRef): string | undefined {
    if (!table.call) {
      return undefined;
    }
    const literal = table.call.args
      .filter(argument => argument.keyword === undefined)
      .pop()?.literal?.value;
    const given = /source$/.test(table.call.name)
      ? sourceArguments(table)
      : undefined;
    const entry =
      given?.source.literal && given.name.literal
        ? this.project.sources.get(
            `${given.source.literal.value}.${given.name.literal.value}`,
          )
        : undefined;
    return entry?.identifier ?? literal;
  }

  private datasetOf(table: TableRef): string {
    if (table.call) {
      const literals = table.call.args
        .filter(a => a.keyword === undefined)
        .map(a => a.literal?.value);
      if (
        literals.length === 0 ||
        literals.some(value => value === undefined)
      ) {
        return '';
      }
      if (/ref$/.test(table.call.name)) {
        return `ref:${literals[literals.length - 1]}`;
      }
      const entry = this.project.sources.get(`${literals[0]}.${literals[1]}`);
      if (entry?.schema === undefined) {
        return `source:${literals.slice(0, 2).join('.')}`;
      }
      return [
        entry.database ?? this.options.defaultProject,
        entry.schema,
        entry.identifier ?? entry.tableName,
      ]
        .filter(Boolean)
        .join('.');
    }
    if (
      table.parts.length === 0 ||
      table.parts.some(part => part.value === undefined)
    ) {
      return '';
    }
    const name = table.parts.map(part => part.value).join('.');
    return table.parts.length === 2 && this.options.defaultProject
      ? `${this.options.defaultProject}.${name}`
      : name;
  }

  private has(dataset: string, old: OldUse | undefined, column: string): Has {
    if (old) {
      const known = old.mapping.has(column);
      return known === 'unknown' ? 'maybe' : known;
    }
    const schema =
      dataset === '' ? undefined : schemaOf(this.options.schemas, dataset);
    if (!schema) {
      return 'maybe';
    }
    return Object.keys(schema).some(
      name => name.split('.')[0].toLowerCase() === column,
    )
      ? 'yes'
      : 'no';
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

  private modelOf(table: TableRef) {
    const name =
      table.call && /ref$/.test(table.call.name)
        ? table.call.args.filter(a => a.keyword === undefined).pop()?.literal
            ?.value
        : undefined;
    const region = name === undefined ? undefined : this.modelRegions.get(name);
    return region && this.outputOf(region);
  }
}
