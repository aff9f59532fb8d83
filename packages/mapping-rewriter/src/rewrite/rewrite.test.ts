import { MappingTable } from '../types';
import { applyEdits } from '../text/applyEdits';
import { rewrite } from './rewrite';

const users: MappingTable = {
  from: 'meridian-data.user_data.users_v1',
  to: 'meridian-data.user_data.users_v2',
  columns: [
    {
      from: 'user_id',
      to: 'user_identifier',
      transform: 'CAST(user_identifier AS INT64)',
    },
    { from: 'email', to: 'email_address' },
    { from: 'plan', decision: 'person', note: 'ask the growth team' },
  ],
};

describe('rewrite', () => {
  it('gives edits whose spans hold the old text, and an output that is their sum', () => {
    const content =
      '\uFEFFSELECT u.email,\r\n  u.user_id  \r\nFROM user_data.users_v1 u\r\n';
    const { files, unproven } = rewrite([{ path: 'a.sql', content }], [users]);
    expect(files).toHaveLength(1);
    expect(files[0].output).toBe(
      '\uFEFFSELECT u.email_address AS email,\r\n  CAST(u.user_identifier AS INT64) AS user_id  \r\nFROM user_data.users_v2 u\r\n',
    );
    expect(applyEdits(content, files[0].edits)).toBe(files[0].output);
    for (const edit of files[0].edits) {
      expect(content.slice(edit.span.start, edit.span.end)).toBe(edit.oldText);
    }
    expect(unproven).toEqual([]);
  });

  it('says where, why and by which line of the mapping', () => {
    const content = 'SELECT\n  email\nFROM `meridian-data.user_data.users_v1`';
    const [file] = rewrite(
      [{ path: 'a.sql', content }],
      [{ ...users, columns: [{ ...users.columns[1], line: 7 }] }],
    ).files;
    expect(file.edits[0]).toEqual({
      file: 'a.sql',
      span: { start: 9, end: 14, line: 2, column: 3 },
      oldText: 'email',
      newText: 'email_address AS email',
      kind: 'column',
      cause: 'meridian-data.user_data.users_v1:7',
      reason: 'email is now email_address',
      confidence: 'certain',
    });
  });

  it('leaves one note with the guide for a table that stays, and none the second time', () => {
    const content =
      'SELECT plan, email FROM user_data.users_v1;\nSELECT email FROM user_data.users_v1;\n';
    const options = { guideUrl: 'https://example.org/guide' };
    const [file] = rewrite(
      [{ path: 'a.sql', content }],
      [users],
      options,
    ).files;
    expect(file.output).toMatch(
      /^-- skein: .*ask the growth team.*https:\/\/example\.org\/guide\nSELECT plan, email FROM user_data\.users_v1;\nSELECT email_address AS email FROM user_data\.users_v2;\n$/,
    );
    expect(file.refusals.map(refusal => refusal.code)).toEqual([
      'person-decides',
      'person-decides',
    ]);
    const [again] = rewrite(
      [{ path: 'a.sql', content: file.output }],
      [users],
      options,
    ).files;
    expect(again.edits).toEqual([]);
    expect(again.refusals).toHaveLength(2);
  });

  it('does not report files that have nothing to do with the dataset', () => {
    const files = [
      { path: 'a.sql', content: 'SELECT user_id FROM partner.users_v1' },
      {
        path: 'b.sql',
        content: '-- user_data.users_v1\nSELECT user_id FROM other',
      },
    ];
    expect(rewrite(files, [users]).files).toEqual([]);
  });
});
