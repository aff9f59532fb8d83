import { CompiledTable } from '../mapping/CompiledTable';
import { Region } from '../rewrite/Region';
import { Session } from '../rewrite/Session';
import { TableRef } from '../sql/ast';
import { Surroundings } from './builtByFile';
import { Relation, relationOf, successorName } from './Relation';

const isDotted = (name: string) => !/^(ref|source):|^$/.test(name);

const datasetOf = (name: string, mapping: CompiledTable) =>
  isDotted(name) ? name : mapping.table.from;

/** What names mean in one project, whose files several sessions may have read. */
export class ProjectNames implements Surroundings {
  private readonly datasets = new Set<string>();
  private readonly models = new Set<string>();
  /** Datasets of the declared sources, by table. */
  private readonly declared = new Map<string, (string | undefined)[]>();
  private readonly dbtFolders: string[];
  private readonly defaultProject?: string;

  constructor(sessions: Session[]) {
    const [{ files, mappings, options, project }] = sessions;
    this.defaultProject = options.defaultProject;
    this.dbtFolders = files
      .filter(({ path }) => /(^|\/)dbt_project\.ya?ml$/.test(path))
      .map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1));
    for (const name of project.models.keys()) {
      this.models.add(name.toLowerCase());
    }
    for (const entry of project.sources.values()) {
      const table = (entry.identifier ?? entry.tableName).toLowerCase();
      const schemas = this.declared.get(table) ?? [];
      this.declared.set(table, [...schemas, entry.schema?.toLowerCase()]);
    }
    for (const { from, to } of mappings) {
      this.knowDataset(from.join('.'));
      this.knowDataset(to.join('.'));
    }
    for (const session of sessions) {
      for (const { tree } of session.regions) {
        for (const table of tree.tables) {
          this.knowDataset(session.bindingOf(table)?.dataset ?? '');
        }
      }
    }
  }

  private knowDataset(name: string): void {
    const dataset = relationOf(name)?.dataset;
    if (dataset !== undefined) {
      this.datasets.add(dataset);
    }
  }

  inDbt(file: string): boolean {
    return this.dbtFolders.some(folder => file.startsWith(folder));
  }

  isDataset(name: string): boolean {
    return this.datasets.has(name);
  }

  /** What a reference names as it stands. */
  relationsOf(session: Session, region: Region, table: TableRef): Relation[] {
    const binding = session.bindingOf(table);
    const old = binding?.old;
    const names = [binding?.dataset ?? ''];
    if (old && !isDotted(names[0]) && !old.mapping.table.from.includes('*')) {
      names.push(old.mapping.table.from);
    }
    return names.flatMap(name => {
      const relation = /^$|^source:/.test(name)
        ? undefined
        : relationOf(name, this.defaultProject);
      if (!relation) {
        return [];
      }
      const local = relation.dataset === undefined && !relation.model && !old;
      return local
        ? [{ ...relation, file: region.file }]
        : this.withModel(relation);
    });
  }

  /** What a reference names once it has moved; undefined where it does not. */
  successorsOf(session: Session, table: TableRef): Relation[] | undefined {
    const binding = session.bindingOf(table);
    const old = binding?.old;
    if (!binding || !old || old.unclear !== undefined) {
      return undefined;
    }
    const relation = relationOf(
      successorName(old.mapping, datasetOf(binding.dataset, old.mapping)),
      this.defaultProject,
    );
    const models = (old.mapping.table.models ?? []).filter(
      ({ from }) => old.kind !== 'model' || from === old.implicitAlias?.before,
    );
    return [
      ...(relation ? this.withModel(relation) : []),
      ...models.map(({ to }) => ({ table: to.toLowerCase(), model: true })),
    ];
  }

  /** The deprecated dataset that a reference names, and the models that the mapping says to be it. */
  predecessorsOf(session: Session, table: TableRef): Relation[] {
    const binding = session.bindingOf(table);
    const mapping = binding?.old?.mapping;
    if (!binding || !mapping) {
      return [];
    }
    const relation = relationOf(
      datasetOf(binding.dataset, mapping),
      this.defaultProject,
    );
    const models = (mapping.table.models ?? []).map(({ from }) => ({
      table: from.toLowerCase(),
      model: true,
    }));
    return [...(relation ? [relation] : []), ...models];
  }

  /** A table, and the model of the project that builds it unless the project declares it as a source. */
  private withModel(relation: Relation): Relation[] {
    const declared = this.declared
      .get(relation.table)
      ?.some(
        dataset =>
          dataset === undefined ||
          relation.dataset === undefined ||
          dataset === relation.dataset,
      );
    return relation.model || declared || !this.models.has(relation.table)
      ? [relation]
      : [relation, { table: relation.table, model: true }];
  }
}
