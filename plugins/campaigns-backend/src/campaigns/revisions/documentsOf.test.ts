import { ContextContent } from '../context';
import { documentsOf } from './documentsOf';

function content(line: number): ContextContent {
  return {
    prompt: '',
    mappings: [
      {
        from: 'a.users_v1',
        to: 'a.users_v2',
        columns: [{ from: 'id', to: 'identifier', line }],
      },
    ],
    options: { schemas: { 'a.users_v2': { line: 'INT64' } } },
  } as Partial<ContextContent> as ContextContent;
}

describe('documentsOf', () => {
  it('does not tell contexts apart by the lines of the files they came from', () => {
    expect(documentsOf(content(4))).toEqual(documentsOf(content(8)));
  });

  it('keeps a column of that name', () => {
    const { text } = documentsOf(content(4)).find(({ name }) =>
      name.startsWith('Mapping'),
    )!;
    expect(text).toContain('line: INT64');
    expect(text).not.toContain('line: 4');
  });
});
