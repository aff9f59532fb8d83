import fs from 'fs';
import path from 'path';
import { parse } from 'yaml';
import { HistoryEntry, PlannedCommit, planHistory } from './planHistory';

/** A repository of the examples, with what each commit of its history brings. */
export interface ExampleRepository {
  name: string;
  description: string;
  folder: string;
  commits: PlannedCommit[];
}

interface HistoryFile {
  default: HistoryEntry[];
  repositories: Record<string, HistoryEntry[]>;
}

/** Reads `repositories/` and `history.yaml` of the examples. */
export function readRepositories(examplesFolder: string): ExampleRepository[] {
  const history: HistoryFile = parse(
    fs.readFileSync(path.join(examplesFolder, 'history.yaml'), 'utf8'),
  );
  const parent = path.join(examplesFolder, 'repositories');
  return fs
    .readdirSync(parent, { withFileTypes: true })
    .filter(it => it.isDirectory())
    .map(({ name }) => {
      const folder = path.join(parent, name);
      return {
        name,
        description: describe(folder),
        folder,
        commits: planHistory(
          listFiles(folder),
          history.repositories[name] ?? history.default,
        ),
      };
    });
}

function listFiles(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(it => it.isFile())
    .map(it => path.relative(folder, path.join(it.parentPath, it.name)))
    .map(it => it.split(path.sep).join('/'))
    .sort();
}

/** The first line of prose in the README. */
function describe(folder: string): string {
  const file = path.join(folder, 'README.md');
  if (!fs.existsSync(file)) return '';
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  return lines.find(it => /^[A-Za-z]/.test(it))?.slice(0, 200) ?? '';
}
