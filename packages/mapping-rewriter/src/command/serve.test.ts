import { PassThrough } from 'stream';
import { serve } from './serve';

async function ask(lines: string[]): Promise<any[]> {
  const input = new PassThrough();
  const output = new PassThrough();
  const served = serve(input, output);
  input.end(lines.map(line => `${line}\n`).join(''));
  await served;
  output.end();
  const chunks: string[] = [];
  for await (const chunk of output) chunks.push(String(chunk));
  return chunks
    .join('')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line));
}

describe('serve', () => {
  it('answers each request in order, and a broken one with what is wrong', async () => {
    const request = (content: string) =>
      JSON.stringify({
        files: [{ path: 'a.sql', content }],
        options: { defaultProject: 'p' },
      });
    const answers = await ask([
      request('select 1 from d.one -- a line\u2028separator'),
      '{"files": 1',
      request('insert into d.two select * from d.three'),
    ]);
    expect(
      answers.map(({ references, error }) =>
        references
          ? references.map((each: any) => `${each.access} ${each.dataset}`)
          : typeof error,
      ),
    ).toEqual([
      ['read p.d.one'],
      'string',
      ['write p.d.two', 'read p.d.three'],
    ]);
  });
});
