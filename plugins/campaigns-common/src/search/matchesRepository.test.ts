import { matchesRepository } from './matchesRepository';

const repository = { host: 'github.com', owner: 'Acme', name: 'ads-pipelines' };

describe('matchesRepository', () => {
  it.each([
    ['acme/ads-pipelines', true],
    ['github.com/acme/ads-pipelines', true],
    ['ghe.acme.com/acme/ads-pipelines', false],
    ['acme/*', true],
    ['*/ads-*', true],
    ['acme/*-pipe*s', true],
    ['acme/*ads-pipelines*', true],
    ['acme/ads*ads-pipelines', false],
    ['acme/ads', false],
    ['*', false],
    ['a*/b*', false],
    ['*/*/*/*', false],
    ['acme/ads.pipelines', false],
  ])('%s: %s', (pattern, expected) => {
    expect(matchesRepository(pattern, repository)).toBe(expected);
  });
});
