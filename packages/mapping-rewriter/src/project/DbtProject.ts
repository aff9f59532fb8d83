import { YAMLMap } from 'yaml';
import { SourceFile } from '../types';
import { child, isMap, items, readYaml, text, YamlFile } from './YamlFile';

/** A table of a dbt source, as a YAML file defines it. */
export interface SourceEntry {
  /** `source_name.table_name`. */
  key: string;
  file: YamlFile;
  /** The source that the table is listed under. */
  source: YAMLMap;
  table: YAMLMap;
  sourceName: string;
  tableName: string;
  /** Undefined where it is computed or not given. */
  database?: string;
  schema?: string;
  identifier?: string;
}

const YAML_PATH = /\.ya?ml$/i;
const MACRO = /\{%-?\s*macro\s+([A-Za-z_]\w*)\s*\(([^)]*)\)\s*-?%\}/g;

const literal = (value: string | undefined) =>
  value === undefined || /\{\{|\{%/.test(value) ? undefined : value;

/** A macro of the project. */
export interface MacroDefinition {
  name: string;
  file: string;
  parameters: string[];
  body: string;
}

/** What the files of one dbt project say of its models, sources and macros. */
export class DbtProject {
  readonly sources = new Map<string, SourceEntry>();
  readonly macros = new Map<string, MacroDefinition>();
  /** Model, seed and snapshot files by name. */
  readonly models = new Map<string, SourceFile>();
  readonly yamlFiles = new Map<string, YamlFile>();

  static read(files: SourceFile[]): DbtProject {
    const project = new DbtProject();
    for (const file of files) {
      if (YAML_PATH.test(file.path)) {
        if (/^\s*-?\s*sources\s*:/m.test(file.content)) {
          project.readSources(file);
        }
      } else if (/\.(sql|py|csv)$/i.test(file.path)) {
        const name = file.path
          .slice(file.path.lastIndexOf('/') + 1)
          .replace(/\.\w+$/, '');
        project.models.set(name, file);
        if (file.content.includes('macro')) {
          project.readMacros(file);
        }
      }
    }
    return project;
  }

  /** The file as YAML, read once. */
  yaml(file: SourceFile): YamlFile | undefined {
    let yaml = this.yamlFiles.get(file.path);
    if (!yaml) {
      yaml = readYaml(file.path, file.content);
      if (yaml) {
        this.yamlFiles.set(file.path, yaml);
      }
    }
    return yaml;
  }

  private readMacros(file: SourceFile): void {
    for (const match of file.content.matchAll(MACRO)) {
      const from = match.index! + match[0].length;
      const end = file.content.indexOf('endmacro', from);
      this.macros.set(match[1], {
        name: match[1],
        file: file.path,
        parameters: match[2]
          .split(',')
          .map(parameter => parameter.split('=')[0].trim())
          .filter(Boolean),
        body: file.content.slice(from, end < 0 ? file.content.length : end),
      });
    }
  }

  private readSources(file: SourceFile): void {
    const yaml = this.yaml(file);
    for (const root of yaml?.roots ?? []) {
      for (const source of items(child(root, 'sources'))) {
        const sourceName = text(child(source, 'name'));
        if (!sourceName || !isMap(source)) {
          continue;
        }
        const schemaText =
          text(child(source, 'schema')) ?? text(child(source, 'dataset'));
        const database = literal(
          text(child(source, 'database')) ?? text(child(source, 'project')),
        );
        for (const table of items(child(source, 'tables'))) {
          const tableName = text(child(table, 'name'));
          if (tableName && isMap(table)) {
            const key = `${sourceName}.${tableName}`;
            this.sources.set(key, {
              key,
              file: yaml!,
              source,
              table,
              sourceName,
              tableName,
              database,
              schema:
                schemaText === undefined ? sourceName : literal(schemaText),
              identifier: text(child(table, 'identifier')),
            });
          }
        }
      }
    }
  }
}
