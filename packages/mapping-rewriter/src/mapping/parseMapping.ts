import { MappingProblem, MappingTable } from '../types';
import { literalOf } from './literalOf';
import { LiteralNode } from './LiteralNode';
import { parseCsv } from './parseCsv';
import { parsePython, PythonProblem } from './parsePython';
import { parseYaml, YamlProblem } from './parseYaml';
import { MappingNames, readTables } from './readTables';

/** The tables that could be read, and what could not be read. */
export interface ParsedMapping {
  tables: MappingTable[];
  problems: MappingProblem[];
}

/**
 * Reads mapping tables as people write them.
 *
 * - `yaml`: a map with `from`, `to`, `columns` (a list of `old_column`,
 *   `new_column`, `transform`, `decision`, `note`, or a map of old to new
 *   name), `models`, `sources`, `functions`, `macros`, `variables`; or a list
 *   of such maps, or one under `tables`.
 * - `csv`: a header `old_column,new_column,transform,decision,note` and a line
 *   for each column. The datasets stand in comment lines `# from: a.b.c` and
 *   `# to: a.b.d`, in columns `old_table` and `new_table`, or in `names`.
 * - `python`: the same as YAML as a dict or list of literals
 *   (`MAPPING = {"user_id": "user_identifier"}`).
 *
 * @param names - the datasets, where the text does not name them
 * @returns the tables that could be read, and what could not be read, each
 *   with its line; `checkMapping` looks at what the tables say
 * @public
 */
export function parseMapping(
  text: string,
  format: 'yaml' | 'csv' | 'python',
  names: MappingNames = {},
): ParsedMapping {
  const problems: MappingProblem[] = [];
  if (format === 'csv') {
    return { tables: parseCsv(text, names, problems), problems };
  }
  const node = readLiterals(text, format, problems);
  return { tables: tablesOf(node, names, problems), problems };
}

/**
 * Reads mapping tables that are a plain value already, as YAML would say it:
 * nothing of them has a line of its own.
 *
 * @public
 */
export function parseMappingValue(
  value: unknown,
  names: MappingNames = {},
): ParsedMapping {
  const problems: MappingProblem[] = [];
  return { tables: tablesOf(literalOf(value), names, problems), problems };
}

function tablesOf(
  node: LiteralNode | undefined,
  names: MappingNames,
  problems: MappingProblem[],
): MappingTable[] {
  if (node && node.kind !== 'scalar') return readTables(node, names, problems);
  if (node) {
    problems.push({
      severity: 'error',
      message: 'The text holds no mapping',
      line: node.line,
    });
  }
  return [];
}

function readLiterals(
  text: string,
  format: 'yaml' | 'python',
  problems: MappingProblem[],
): LiteralNode | undefined {
  try {
    return format === 'yaml' ? parseYaml(text) : parsePython(text);
  } catch (error) {
    if (error instanceof YamlProblem || error instanceof PythonProblem) {
      problems.push({
        severity: 'error',
        message: error.message,
        line: error.line,
      });
      return undefined;
    }
    throw error;
  }
}
