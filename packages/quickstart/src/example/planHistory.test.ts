import { planHistory } from './planHistory';

const entry = (message: string, files?: string[]) => ({
  message,
  author: 'mei.tanaka',
  date: '2024-01-01T00:00:00Z',
  files,
});

describe('planHistory', () => {
  it('brings each file once, in the first commit that names it', () => {
    const plan = planHistory(
      ['README.md', 'models/a.sql', 'models/b.sql', 'models2/c.sql'],
      [
        entry('first', ['models/a.sql']),
        entry('models', ['models/']),
        entry('rest'),
      ],
    );

    expect(plan.map(it => [it.message, it.paths])).toEqual([
      ['first', ['models/a.sql']],
      ['models', ['models/b.sql']],
      ['rest', ['README.md', 'models2/c.sql']],
    ]);
  });

  it('leaves out commits that would bring nothing', () => {
    const plan = planHistory(
      ['README.md'],
      [entry('ci', ['.github/']), entry('rest')],
    );

    expect(plan.map(it => it.message)).toEqual(['rest']);
  });
});
