import { readdirSync, readFileSync, realpathSync, statSync } from 'fs';
import { extname, join, relative, sep } from 'path';
import { InputError } from '@backstage/errors';
import { parse } from 'yaml';
import { parseMapping } from '../mapping/parseMapping';
import { MappingProblem, MappingTable, Schemas, SourceFile } from '../types';

const SKIPPED = new Set([
  '.git',
  'node_modules',
  'target',
  'dbt_packages',
  'dist',
  '.venv',
  '__pycache__',
]);
const MAX_FILE_BYTES = 5_000_000;

/** Reads a file, or the text files of a folder, with paths relative to it. */
export function readFiles(path: string): { root: string; files: SourceFile[] } {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) {
    throw new InputError(`There is no file or folder ${path}`);
  }
  if (stats.isFile()) {
    const name = path.slice(path.lastIndexOf(sep) + 1);
    return {
      root: path.slice(0, path.length - name.length) || '.',
      files: [{ path: name, content: readFileSync(path, 'utf8') }],
    };
  }
  const root = realpathSync(path);
  const files: SourceFile[] = [];
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const full = join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) {
        walk(full);
      } else if (entry.isFile() && statSync(full).size <= MAX_FILE_BYTES) {
        const bytes = readFileSync(full);
        const content = bytes.toString('utf8');
        // what is not UTF-8 text would not come back as it was
        if (
          !content.includes('\0') &&
          Buffer.from(content, 'utf8').equals(bytes)
        ) {
          files.push({
            path: relative(root, full).split(sep).join('/'),
            content,
          });
        }
      }
    }
  };
  walk(root);
  return { root, files };
}

/** Reads mapping tables by the ending of the file. */
export function readMappingFile(path: string): {
  tables: MappingTable[];
  problems: MappingProblem[];
} {
  const text = readText(path);
  const extension = extname(path).toLowerCase();
  const formats = { '.csv': 'csv', '.py': 'python' } as const;
  return parseMapping(text, formats[extension as '.csv'] ?? 'yaml');
}

function readText(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) {
    throw new InputError(`There is no file ${path}`);
  }
  return readFileSync(path, 'utf8');
}

interface SchemaColumn {
  name: string;
  type: string;
  mode?: string;
  fields?: SchemaColumn[];
}

/**
 * Reads column types: a map of dataset to map of column to type, or files of
 * one dataset (`dataset`, `columns` with `name`, `type`, `mode`, `fields`).
 */
export function readSchemas(paths: string[]): Schemas {
  const schemas: Schemas = {};
  for (const path of paths) {
    const value = parse(readText(path)) as unknown;
    const documents = Array.isArray(value) ? value : [value];
    for (const document of documents) {
      if (!document || typeof document !== 'object') {
        throw new InputError(
          `${path} holds no schema; write a map of dataset to columns`,
        );
      }
      const { dataset, columns } = document as {
        dataset?: string;
        columns?: SchemaColumn[];
      };
      if (dataset && Array.isArray(columns)) {
        schemas[dataset] = flatten(columns);
      } else {
        Object.assign(schemas, document);
      }
    }
  }
  return schemas;
}

function flatten(columns: SchemaColumn[], prefix = ''): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const { name, type, mode, fields } of columns) {
    flat[prefix + name] = mode === 'REPEATED' ? `ARRAY<${type}>` : type;
    Object.assign(flat, flatten(fields ?? [], `${prefix}${name}.`));
  }
  return flat;
}
