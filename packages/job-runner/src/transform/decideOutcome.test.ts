import { Edit, Reference, Refusal } from '@skein/mapping-rewriter';
import { decideOutcome } from './decideOutcome';

const span = { start: 0, end: 1, line: 4, column: 1 };
const edit = (kind: Edit['kind'], file = 'a.sql'): Edit => ({
  file,
  span,
  oldText: 'a',
  newText: 'b',
  kind,
  cause: 't:1',
  reason: 'renamed',
  confidence: 'certain',
});
const refusal: Refusal = {
  file: 'b.sql',
  span,
  text: 'x',
  kind: 'column',
  code: 'person-decides',
  reason: 'Which of the two?',
};
const reference: Reference = {
  file: 'c.sql',
  span,
  dataset: 'p.d.users_v1',
  access: 'read',
  confidence: 'certain',
};

describe('decideOutcome', () => {
  it.each([
    [
      'nothing',
      [],
      [],
      'noChanges',
      'No reference to the old dataset was found',
    ],
    [
      'edits',
      [edit('column'), edit('dataset'), edit('model', 'd.sql')],
      [],
      'proposed',
      '3 edits in 2 files',
    ],
    [
      'edits and refusals',
      [edit('column'), edit('note', 'b.sql')],
      [refusal],
      'proposed',
      '1 edit in 1 file; 1 place left for a person, the first in b.sql:4: Which of the two?',
    ],
    [
      'notes alone',
      [edit('note', 'b.sql')],
      [refusal],
      'needsHuman',
      'Nothing could be changed safely; 1 place left for a person, the first in b.sql:4: Which of the two?',
    ],
  ])('says of %s', (_, edits, refusals, outcome, summary) => {
    expect(
      decideOutcome({
        edits: edits as Edit[],
        refusals: refusals as Refusal[],
        unproven: [],
      }),
    ).toEqual({ outcome, summary });
  });

  it('trusts no rewrite that leaves a reference without a reason', () => {
    expect(
      decideOutcome({
        edits: [edit('column')],
        refusals: [refusal],
        unproven: [reference],
      }),
    ).toEqual({
      outcome: 'unproven',
      summary: expect.stringContaining('p.d.users_v1 is still read in c.sql:4'),
    });
  });
});
