import { parseCodeowners } from '../codeowners/codeowners';
import { ownerFromCodeowners } from './ownerFromCodeowners';

describe('ownerFromCodeowners', () => {
  it.each([
    ['* @acme/insights', '', 'group:default/insights'],
    ['* @Hannah', 'any/where', 'user:default/hannah'],
    ['* @acme/a\n/pipelines/x/ @acme/b', 'pipelines/x', 'group:default/b'],
    ['* @acme/a\n/pipelines/x/ @acme/b', 'pipelines/xy', 'group:default/a'],
    ['* @acme/a\npipelines/**/x @acme/b', 'pipelines/1/2/x', 'group:default/b'],
    ['* @acme/a\n*.sql @acme/b', 'models', 'group:default/a'],
    ['* @acme/a # all\n# /dbt/ @acme/b', 'dbt', 'group:default/a'],
    ['* @acme/a\n/dbt/', 'dbt', undefined],
    ['* someone@example.com @acme/b', '', 'group:default/b'],
    ['/dbt/ @acme/b', '', undefined],
    ['', '', undefined],
    ['[', 'dbt', undefined],
  ])('%j owns %j: %s', (codeowners, path, expected) => {
    expect(ownerFromCodeowners(parseCodeowners(codeowners), path)).toBe(
      expected,
    );
  });
});
