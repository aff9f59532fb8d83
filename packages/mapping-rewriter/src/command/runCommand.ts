import { writeFileSync } from 'fs';
import { join } from 'path';
import { parseArgs } from 'util';
import { InputError } from '@backstage/errors';
import { checkMapping } from '../mapping/checkMapping';
import { references } from '../rewrite/references';
import { rewrite } from '../rewrite/rewrite';
import { RewriteOptions, SqlDialect } from '../types';
import { readFiles, readMappingFile, readSchemas } from './readInput';

export const USAGE = `mapping-rewriter rewrite PATH --mapping FILE [--write]    edits and refusals of each file
mapping-rewriter references PATH                         datasets and columns read and written
mapping-rewriter check --mapping FILE [--schema FILE]    mistakes in a mapping table

PATH is a file or a folder; every verb prints JSON.

--mapping FILE        mapping tables, .yaml, .csv or .py; may be given more than once
--schema FILE         column types, .yaml or .json; may be given more than once
--write               write the new texts
--outputs MODE        preserve (default) or rename
--comments MODE       leave (default) or rename
--documentation MODE  leave (default), datasets or rename
--data MODE           leave (default) or rename
--commands MODE       leave (default) or rename
--local-names MODE    leave (default) or follow
--alignment MODE      leave (default) or keep
--definitions MODE    leave (default), rename or move
--dialect NAME        bigquery (default), snowflake, postgres, spark or trino
--default-project ID  project of names without one
--guide URL           link that notes carry
--no-notes            leave no notes in the code`;

const OPTIONS = {
  mapping: { type: 'string', multiple: true },
  schema: { type: 'string', multiple: true },
  write: { type: 'boolean' },
  outputs: { type: 'string' },
  comments: { type: 'string' },
  documentation: { type: 'string' },
  data: { type: 'string' },
  commands: { type: 'string' },
  alignment: { type: 'string' },
  'local-names': { type: 'string' },
  definitions: { type: 'string' },
  dialect: { type: 'string' },
  'default-project': { type: 'string' },
  guide: { type: 'string' },
  'no-notes': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** What a command prints, and its exit code: 0 done, 1 mistakes found, 2 called wrongly. */
export interface CommandResult {
  code: number;
  output: string;
}

function oneOf<T extends string>(
  name: string,
  value: string | undefined,
  allowed: readonly T[],
): T | undefined {
  if (value !== undefined && !(allowed as readonly string[]).includes(value)) {
    throw new InputError(
      `--${name} is ${allowed.join(' or ')}, not '${value}'`,
    );
  }
  return value as T | undefined;
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

/**
 * Runs one verb of the command.
 *
 * @param args - the arguments behind the command's name
 */
export function runCommand(args: string[]): CommandResult {
  try {
    return run(args);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { code: 2, output: json({ error: message }) };
  }
}

function run(args: string[]): CommandResult {
  const { values, positionals } = parseArgs({
    args,
    options: OPTIONS,
    allowPositionals: true,
  });
  const [verb, path, ...more] = positionals;
  if (values.help || verb === undefined) {
    return { code: values.help ? 0 : 2, output: `${USAGE}\n` };
  }
  const schemas = readSchemas(values.schema ?? []);
  const options: RewriteOptions = {
    outputs: oneOf('outputs', values.outputs, ['preserve', 'rename']),
    comments: oneOf('comments', values.comments, ['leave', 'rename']),
    documentation: oneOf('documentation', values.documentation, [
      'leave',
      'datasets',
      'rename',
    ]),
    data: oneOf('data', values.data, ['leave', 'rename']),
    commands: oneOf('commands', values.commands, ['leave', 'rename']),
    alignment: oneOf('alignment', values.alignment, ['leave', 'keep']),
    localNames: oneOf('local-names', values['local-names'], [
      'leave',
      'follow',
    ]),
    definitions: oneOf('definitions', values.definitions, [
      'leave',
      'rename',
      'move',
    ]),
    dialect: oneOf<SqlDialect>('dialect', values.dialect, [
      'bigquery',
      'snowflake',
      'postgres',
      'spark',
      'trino',
    ]),
    defaultProject: values['default-project'],
    guideUrl: values.guide,
    leaveNotes: !values['no-notes'],
    schemas,
  };
  if (verb === 'check') {
    return check(values.mapping ?? [], options);
  }
  if (verb !== 'rewrite' && verb !== 'references') {
    throw new InputError(
      `There is no verb '${verb}'; the verbs are rewrite, references and check`,
    );
  }
  if (path === undefined || more.length > 0) {
    throw new InputError(`${verb} takes one file or folder`);
  }
  const { root, files } = readFiles(path);
  if (verb === 'references') {
    return {
      code: 0,
      output: json({ references: references(files, options) }),
    };
  }
  const { tables, problems } = mappings(values.mapping ?? []);
  const errors = [...problems, ...checkMapping(tables, schemas)].filter(
    problem => problem.severity === 'error',
  );
  if (errors.length > 0) {
    return { code: 1, output: json({ problems: errors }) };
  }
  const result = rewrite(files, tables, options);
  if (values.write && result.unproven.length === 0) {
    for (const file of result.files) {
      if (file.edits.length > 0) {
        writeFileSync(join(root, file.path), file.output);
      }
    }
  }
  const shown = result.files.map(({ path: name, edits, refusals }) => ({
    path: name,
    edits,
    refusals,
  }));
  return {
    code: result.unproven.length > 0 ? 1 : 0,
    output: json({
      files: shown,
      unproven: result.unproven,
      written: Boolean(values.write) && result.unproven.length === 0,
    }),
  };
}

function mappings(paths: string[]) {
  if (paths.length === 0) {
    throw new InputError('--mapping FILE is missing');
  }
  const read = paths.map(readMappingFile);
  return {
    tables: read.flatMap(({ tables }) => tables),
    problems: read.flatMap(({ problems }) => problems),
  };
}

function check(paths: string[], options: RewriteOptions): CommandResult {
  const { tables, problems } = mappings(paths);
  const all = [...problems, ...checkMapping(tables, options.schemas)];
  return {
    code: all.some(problem => problem.severity === 'error') ? 1 : 0,
    output: json({ problems: all, tables }),
  };
}
