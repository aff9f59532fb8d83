import { DbtCalls, DbtExposure, DbtNode, DbtProject } from '../types';
import { findCalls, findConfig } from './findCalls';
import { NodeKind, ProjectConfig } from './ProjectConfig';
import { Naming } from './Naming';
import { readSources } from './readSources';
import { asMap, asText, get, mapsOf, YamlMap } from './YamlMap';
import { renderPlain } from './renderPlain';

const kinds: NodeKind[] = ['models', 'seeds', 'snapshots'];

/** Whether a file of a project says anything of its lineage; the path is relative to the project. */
export function isProjectFile(config: ProjectConfig, path: string): boolean {
  if (kinds.some(kind => isBelow(path, config.folders(kind)))) {
    return /\.(sql|py|csv|ya?ml)$/i.test(path);
  }
  return isBelow(path, config.folders('macros')) && /\.sql$/i.test(path);
}

/**
 * Reads a dbt project from its files.
 *
 * @param files - path in the project to text; a seed's text may be missing
 * @param yamls - what its YAML files say
 */
export function parseProject(
  config: ProjectConfig,
  files: ReadonlyMap<string, string>,
  yamls: YamlMap[],
): DbtProject {
  const macros = [...files].filter(
    ([path]) => /\.sql$/i.test(path) && isBelow(path, config.folders('macros')),
  );
  const properties = readProperties(yamls);
  const names = new Naming(
    config,
    macros.some(([, text]) => /macro\s+generate_schema_name\b/.test(text)),
  );

  const nodes = new Map<string, DbtNode>();
  for (const [path, text] of files) {
    for (const node of readNodes(config, names, properties, path, text)) {
      nodes.set(node.name, node);
    }
  }
  return {
    name: config.name,
    nodes: [...nodes.values()],
    sources: readSources(config, yamls),
    latestVersions: readVersions(yamls),
    exposures: readExposures(yamls),
    macros: joinCalls(macros.map(([, text]) => findCalls(text))),
  };
}

function readNodes(
  config: ProjectConfig,
  names: Naming,
  properties: Map<string, YamlMap>,
  path: string,
  text: string,
): DbtNode[] {
  const kind = kinds.find(each => isBelow(path, config.folders(each)));
  if (!kind || !/\.(sql|py|csv)$/i.test(path)) return [];
  const inFolder = withinFolder(path, config.folders(kind));
  const stem = inFolder[inFolder.length - 1].replace(/\.\w+$/, '');
  const node = (name: string, body: string): DbtNode => {
    const inline = findConfig(body);
    const declared = asMap(get(properties.get(name), 'config'));
    const setting = (...keys: string[]) =>
      keys
        .map(
          key =>
            inline.get(key) ??
            renderPlain(
              get(declared, key) ?? get(properties.get(name), key),
              config.context,
            ),
        )
        .find(value => value !== undefined);
    return {
      name,
      dataset: names.dataset(
        kind,
        [...inFolder.slice(0, -1), stem],
        setting('alias') ?? name,
        {
          database: setting('database', 'project', 'target_database'),
          schema: setting('schema', 'dataset', 'target_schema'),
        },
      ),
      ephemeral: setting('materialized') === 'ephemeral',
      calls: kind === 'seeds' ? joinCalls([]) : findCalls(body),
    };
  };
  if (kind !== 'snapshots' || !/\.sql$/i.test(path)) return [node(stem, text)];
  // A file holds any number of snapshots, each with its name.
  const blocks = text.split(/\{%-?\s*snapshot\s+/).slice(1);
  return blocks.flatMap(block => {
    const name = /^\w{1,300}/.exec(block)?.[0];
    return name ? [node(name, block)] : [];
  });
}

/** YAML entries of models, seeds and snapshots by name; versions among them by file name. */
function readProperties(yamls: YamlMap[]): Map<string, YamlMap> {
  const properties = new Map<string, YamlMap>();
  for (const yaml of yamls) {
    for (const kind of kinds) {
      for (const entry of mapsOf(get(yaml, kind))) {
        const name = asText(get(entry, 'name'));
        if (!name) continue;
        properties.set(name, entry);
        for (const version of mapsOf(get(entry, 'versions'))) {
          const file =
            asText(get(version, 'defined_in')) ??
            `${name}_v${get(version, 'v')}`;
          const config = asMap(get(version, 'config'));
          if (config) properties.set(file, { config });
        }
      }
    }
  }
  return properties;
}

function readVersions(yamls: YamlMap[]): Map<string, string> {
  const latest = new Map<string, string>();
  for (const entry of yamls.flatMap(yaml => mapsOf(get(yaml, 'models')))) {
    const name = asText(get(entry, 'name'));
    const versions = mapsOf(get(entry, 'versions')).map(each => get(each, 'v'));
    const newest =
      get(entry, 'latest_version') ??
      versions
        .filter(each => typeof each === 'number')
        .sort((a, b) => a - b)
        .pop();
    if (name && versions.length > 0 && newest !== undefined) {
      latest.set(name, String(newest));
    }
  }
  return latest;
}

function readExposures(yamls: YamlMap[]): DbtExposure[] {
  return yamls
    .flatMap(yaml => mapsOf(get(yaml, 'exposures')))
    .flatMap(entry => {
      const name = asText(get(entry, 'name'));
      const dependsOn = get(entry, 'depends_on');
      if (!name || !Array.isArray(dependsOn)) return [];
      return {
        name,
        title: asText(get(entry, 'label')),
        calls: joinCalls(
          dependsOn
            .filter((each): each is string => typeof each === 'string')
            .map(findCalls),
        ),
      };
    });
}

function joinCalls(calls: DbtCalls[]): DbtCalls {
  return {
    refs: calls.flatMap(each => each.refs),
    sources: calls.flatMap(each => each.sources),
  };
}

function isBelow(path: string, folders: string[]): boolean {
  return folders.some(folder => folder === '' || path.startsWith(`${folder}/`));
}

/** The parts of a path below the deepest of the folders that hold it. */
function withinFolder(path: string, folders: string[]): string[] {
  const [folder] = folders
    .filter(each => isBelow(path, [each]))
    .sort((a, b) => b.length - a.length);
  return path.slice(folder === '' ? 0 : folder.length + 1).split('/');
}
