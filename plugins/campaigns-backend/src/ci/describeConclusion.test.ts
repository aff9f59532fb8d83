import { describeConclusion } from './describeConclusion';

describe('describeConclusion', () => {
  it.each([
    ['https://ci.example.com/1', 'https://ci.example.com/1'],
    // eslint-disable-next-line no-script-url
    ['javascript:alert(1)', undefined],
    ['data:text/html,<script>alert(1)</script>', undefined],
    ['/settings', undefined],
    [undefined, undefined],
  ])('links a check that names %s to a web address alone', async (url, to) => {
    const check = { id: '1', name: 'build', state: 'passing' as const, url };
    const { results } = await describeConclusion(
      { outcome: 'passed' },
      [check],
      async () => undefined,
    );
    expect(results).toMatchObject([{ name: 'CI: build', outcome: 'passed' }]);
    expect(results[0].url).toBe(to);
  });
});
