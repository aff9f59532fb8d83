import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { parseMapping } from '../mapping/parseMapping';
import { rewrite } from '../rewrite/rewrite';
import { RewriteOptions, Schemas } from '../types';

interface Trap {
  trap: string;
  /** One file, `model.sql` unless `path` says otherwise; or `files`. */
  from?: string;
  path?: string;
  files?: Record<string, string>;
  /** What becomes of it; left out where nothing changes. */
  to?: string;
  after?: Record<string, string>;
  /** Codes of the refusals, sorted; left out where there are none. */
  refused?: string | string[];
  options?: Omit<RewriteOptions, 'defaultProject'> & {
    schemas?: Schemas;
    /** Null: none is known. */
    defaultProject?: string | null;
  };
}

const { tables, problems } = parseMapping(
  readFileSync(join(__dirname, 'mapping.yaml'), 'utf8'),
  'yaml',
);

const suites = readdirSync(__dirname)
  .filter(name => name.endsWith('.yaml') && name !== 'mapping.yaml')
  .map(name => ({
    name: name.replace('.yaml', ''),
    traps: parse(readFileSync(join(__dirname, name), 'utf8')) as Trap[],
  }));

function filesOf(trap: Trap): Record<string, string> {
  return trap.files ?? { [trap.path ?? 'model.sql']: trap.from! };
}

describe('traps', () => {
  it('are read with a mapping without mistakes', () => {
    expect(problems).toEqual([]);
    expect(suites.flatMap(suite => suite.traps).length).toBeGreaterThanOrEqual(
      200,
    );
  });

  describe.each(suites)('$name', ({ traps }) => {
    it.each(traps.map(trap => [trap.trap, trap] as const))('%s', (_, trap) => {
      const given = filesOf(trap);
      const options = {
        leaveNotes: false,
        ...trap.options,
        defaultProject:
          trap.options?.defaultProject === null
            ? undefined
            : trap.options?.defaultProject ?? 'meridian-data',
      };
      const files = Object.entries(given).map(([path, content]) => ({
        path,
        content,
      }));
      const result = rewrite(files, tables, options);
      const outputs = { ...given };
      for (const file of result.files) {
        outputs[file.path] = file.output;
      }
      const expected = trap.files
        ? { ...given, ...trap.after }
        : { [trap.path ?? 'model.sql']: trap.to ?? trap.from! };
      expect(outputs).toEqual(expected);
      const codes = [
        ...new Set(
          result.files.flatMap(file =>
            file.refusals.map(refusal => refusal.code),
          ),
        ),
      ].sort();
      expect(codes).toEqual([trap.refused ?? []].flat().sort());
      expect(result.unproven).toEqual([]);
      const again = rewrite(
        files.map(file => ({ ...file, content: outputs[file.path] })),
        tables,
        options,
      );
      expect(again.files.flatMap(file => file.edits)).toEqual([]);
    });
  });
});
