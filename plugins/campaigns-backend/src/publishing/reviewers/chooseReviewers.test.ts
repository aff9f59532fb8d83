import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { catalogReviewers } from './catalogReviewers';
import { chooseReviewers } from './chooseReviewers';

describe('chooseReviewers', () => {
  it('gives the owners of all changed paths once, without addresses of mail', () => {
    const codeowners =
      '* @everyone\n/dbt/ @acme/data @bob mail@example.com\n/jobs/ @bob\n';
    expect(chooseReviewers(codeowners, ['dbt/a.sql', 'jobs/b.sql'])).toEqual([
      'acme/data',
      'bob',
    ]);
    expect(chooseReviewers(codeowners, ['README.md'])).toEqual(['everyone']);
    expect(chooseReviewers('', ['a'])).toEqual([]);
  });

  it('asks no crowd', () => {
    const crowd = Array.from({ length: 40 }, (_, index) => `@user-${index}`);
    expect(chooseReviewers(`* ${crowd.join(' ')}`, ['a'])).toHaveLength(10);
  });
});

describe('catalogReviewers', () => {
  const entity = (
    kind: string,
    name: string,
    annotations?: Record<string, string>,
  ) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, annotations },
  });
  const reviewers = catalogReviewers({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({
      entities: [
        entity('Group', 'data', { 'github.com/team-slug': 'acme/data' }),
        entity('User', 'bob', { 'github.com/user-login': 'bob-at-github' }),
        entity('Group', 'unknown'),
      ],
    }),
  });

  it.each([
    ['group:default/data', ['acme/data']],
    ['user:default/bob', ['bob-at-github']],
    ['group:default/unknown', []],
    ['group:default/gone', []],
  ])('knows %s', async (ref, names) => {
    expect(await reviewers(ref)).toEqual(names);
  });
});
