import { readFileSync } from 'fs';
import { join } from 'path';
import fc from 'fast-check';
import { parseMapping } from '../mapping/parseMapping';
import { references } from '../rewrite/references';
import { rewrite } from '../rewrite/rewrite';
import { applyEdits } from '../text/applyEdits';
import { MappingTable } from '../types';
import { arbitraryNoise, arbitraryScript } from './__testUtils__/arbitrarySql';

const { tables } = parseMapping(
  readFileSync(join(__dirname, '../traps/mapping.yaml'), 'utf8'),
  'yaml',
);
const options = {
  defaultProject: 'meridian-data',
  guideUrl: 'https://example.org/guide',
};
const runs = { numRuns: 400 };
const one = (
  content: string,
  path = 'model.sql',
  mappings = tables,
  more = {},
) => rewrite([{ path, content }], mappings, { ...options, ...more }).files[0];

const PATHS = [
  'a.sql',
  'a.py',
  'A.scala',
  'a.yaml',
  'a.json',
  'a.toml',
  'a.sh',
  'a.view.lkml',
  'a.md',
  'a.ipynb',
  'query',
];

/** A qualifier or a field's name may be written out where it was understood; it stays on the way back. */
const withoutQualifiers = (text: string) =>
  text
    .replace(
      /\b(u|o|users_v1|people|people_model|sessions_v1|orders)\.(?=email|user_id)/g,
      '',
    )
    .replace(/\b(email|user_id) AS \1\b/g, '$1');

describe('rewrite', () => {
  it('leaves every byte outside its edits', () => {
    fc.assert(
      fc.property(arbitraryScript, content => {
        const file = one(content);
        fc.pre(file !== undefined);
        let at = 0;
        let shift = 0;
        for (const { span, oldText, newText } of file.edits) {
          expect(content.slice(span.start, span.end)).toBe(oldText);
          expect(file.output.slice(at + shift, span.start + shift)).toBe(
            content.slice(at, span.start),
          );
          at = span.end;
          shift += newText.length - oldText.length;
        }
        expect(file.output.slice(at + shift)).toBe(content.slice(at));
      }),
      runs,
    );
  });

  it('gives the same whatever the order in which its edits are applied', () => {
    fc.assert(
      fc.property(arbitraryScript, fc.integer(), (content, seed) => {
        const file = one(content);
        fc.pre(file !== undefined);
        const shuffled = [...file.edits].sort(
          (x, y) =>
            ((x.span.start * 31 + seed) % 7) - ((y.span.start * 31 + seed) % 7),
        );
        expect(applyEdits(content, shuffled)).toBe(file.output);
      }),
      runs,
    );
  });

  it('has nothing to do the second time', () => {
    fc.assert(
      fc.property(arbitraryScript, content => {
        const output = one(content)?.output ?? content;
        expect(one(output)?.edits ?? []).toEqual([]);
      }),
      runs,
    );
  });

  it('accounts for every reference that stays', () => {
    fc.assert(
      fc.property(arbitraryScript, content => {
        expect(
          rewrite([{ path: 'a.sql', content }], tables, options).unproven,
        ).toEqual([]);
      }),
      runs,
    );
  });

  it('comes back where a plain rename is undone', () => {
    const there: MappingTable = {
      from: 'p.user_data.users_v1',
      to: 'p.archive.people',
      models: [{ from: 'users_v1', to: 'people_model' }],
      columns: [
        { from: 'email', to: 'mail_zz' },
        { from: 'user_id', to: 'uid_zz' },
      ],
    };
    const back: MappingTable = {
      from: there.to,
      to: there.from,
      models: [{ from: 'people_model', to: 'users_v1' }],
      columns: there.columns.map(({ from, to }) => ({ from: to!, to: from })),
    };
    fc.assert(
      fc.property(arbitraryScript, content => {
        // USING becomes ON where one side alone is renamed, and stays ON on the way back
        fc.pre(!content.includes('USING'));
        const more = {
          outputs: 'rename' as const,
          defaultProject: 'p',
          leaveNotes: false,
        };
        const first = one(content, 'a.sql', [there], more);
        if (!first || first.refusals.length > 0) {
          return;
        }
        const second = one(first.output, 'a.sql', [back], more);
        fc.pre(!second || second.refusals.length === 0);
        expect(withoutQualifiers(second?.output ?? first.output)).toBe(
          withoutQualifiers(content),
        );
      }),
      runs,
    );
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(
        arbitraryNoise,
        fc.constantFrom(...PATHS),
        (content, path) => {
          const { files } = rewrite([{ path, content }], tables, options);
          for (const file of files) {
            expect(applyEdits(content, file.edits)).toBe(file.output);
          }
          expect(() => references([{ path, content }])).not.toThrow();
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('reads the same in every dialect or not at all', () => {
    fc.assert(
      fc.property(
        arbitraryNoise,
        fc.constantFrom('snowflake', 'postgres', 'spark', 'trino'),
        (content, dialect) => {
          expect(() =>
            rewrite([{ path: 'a.sql', content }], tables, {
              dialect: dialect as 'spark',
            }),
          ).not.toThrow();
        },
      ),
      { numRuns: 500 },
    );
  });
});
