import { schemaOf } from '../mapping/schemaOf';
import { Binding, Has, OldUse } from '../resolve/Binding';
import { bindName } from '../resolve/bindName';
import { BindOptions } from '../resolve/BindOptions';
import { bindRef } from '../resolve/bindRef';
import { bindSource, sourceArguments } from '../resolve/bindSource';
import { Query, TableRef } from '../sql/ast';
import { Region } from './Region';
import { Session } from './Session';

/** `gas_*` for `'gas_' ~ chain`; undefined where nothing is known of how it begins. */
function patternOf(pieces: (string | undefined)[] = []): string | undefined {
  const [first] = pieces;
  return first ? `${first}*` : undefined;
}

/** Whether a part of the name is computed when it runs. */
function isPattern({ call, parts }: TableRef): boolean {
  return call
    ? call.args.some(
        ({ keyword, literal }) => keyword === undefined && !literal,
      )
    : parts.some(({ value }) => value === undefined);
}

/** Decides what each table reference names, by the mappings and the project of a session. */
export class Binder {
  private readonly mentioned = new Map<string, boolean>();

  constructor(
    private readonly session: Pick<
      Session,
      | 'files'
      | 'options'
      | 'dialect'
      | 'mappings'
      | 'project'
      | 'renames'
      | 'bindingOf'
      | 'link'
      | 'modelQuery'
      | 'outputOf'
    >,
  ) {}

  private mentions(file: string, name: string): boolean {
    const key = `${file}\n${name}`;
    let found = this.mentioned.get(key);
    if (found === undefined) {
      const content =
        this.session.files.find(f => f.path === file)?.content ?? '';
      found = content
        .toLowerCase()
        .includes(name.toLowerCase().replace(/\*$/, ''));
      this.mentioned.set(key, found);
    }
    return found;
  }

  private bindOptions(): BindOptions {
    return {
      defaultProject: this.session.options.defaultProject,
      caseSensitive: this.session.dialect === 'bigquery',
      mentions: (file, name) => this.mentions(file, name),
    };
  }

  /** What a table reference names. */
  bind(region: Region, table: TableRef): Binding {
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
      sure: old ? old.sure : dataset !== '' && !isPattern(table),
      old,
      implicitAlias: old?.implicitAlias?.before ?? this.implicitAlias(table),
      has: column => this.has(dataset, old, column),
      model: this.session.renames && !old ? this.modelOf(table) : undefined,
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
      model: this.session.renames ? this.session.outputOf(region) : undefined,
    };
  }

  /** `FROM {{ users }}` after `{% set users = ref('users') %}`. */
  private namedBinding(region: Region, table: TableRef): Binding | undefined {
    const name = /^\{\{-?\s*(\w+)\s*-?\}\}$/.exec(table.expression ?? '')?.[1];
    const target =
      name === undefined
        ? this.madeTable(region, table)
        : region.tableNames.get(name);
    const binding = target && this.session.bindingOf(target);
    if (!target || !binding) {
      return undefined;
    }
    this.session.link(table, target);
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
        this.session.mappings,
        this.bindOptions(),
      );
    }
    return /ref$/.test(table.call.name)
      ? bindRef(table, this.session.mappings)
      : bindSource(
          table,
          this.session.mappings,
          key => this.session.project.sources.get(key),
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
        ? this.session.project.sources.get(
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
      const last = table.call.args.filter(a => a.keyword === undefined).pop();
      if (literals.length > 0 && literals[literals.length - 1] === undefined) {
        literals[literals.length - 1] = patternOf(last?.pieces);
      }
      if (
        literals.length === 0 ||
        literals.some(value => value === undefined)
      ) {
        return '';
      }
      if (/ref$/.test(table.call.name)) {
        return `ref:${literals[literals.length - 1]}`;
      }
      const entry = this.session.project.sources.get(
        `${literals[0]}.${literals[1]}`,
      );
      if (entry?.schema === undefined) {
        return `source:${literals.slice(0, 2).join('.')}`;
      }
      return [
        entry.database ?? this.session.options.defaultProject,
        entry.schema,
        entry.identifier ?? entry.tableName,
      ]
        .filter(Boolean)
        .join('.');
    }
    const values = table.parts.map((part, i) =>
      part.value === undefined && i > 0 && i === table.parts.length - 1
        ? patternOf(part.pieces)
        : part.value,
    );
    if (values.length === 0 || values.some(value => value === undefined)) {
      return '';
    }
    const name = values.join('.');
    return table.parts.length === 2 && this.session.options.defaultProject
      ? `${this.session.options.defaultProject}.${name}`
      : name;
  }

  private has(dataset: string, old: OldUse | undefined, column: string): Has {
    if (old) {
      const known = old.mapping.has(column);
      return known === 'unknown' ? 'maybe' : known;
    }
    const schema =
      dataset === ''
        ? undefined
        : schemaOf(this.session.options.schemas, dataset);
    if (!schema) {
      return 'maybe';
    }
    return Object.keys(schema).some(
      name => name.split('.')[0].toLowerCase() === column,
    )
      ? 'yes'
      : 'no';
  }

  private modelOf(table: TableRef): Query | undefined {
    const name =
      table.call && /ref$/.test(table.call.name)
        ? table.call.args.filter(a => a.keyword === undefined).pop()?.literal
            ?.value
        : undefined;
    return name === undefined ? undefined : this.session.modelQuery(name);
  }
}
