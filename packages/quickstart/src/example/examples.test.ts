import fs from 'fs';
import path from 'path';
import { exampleCampaigns } from '../campaigns/exampleCampaigns';
import { readCampaignFiles } from '../campaigns/readCampaignFiles';
import { exampleEntityRefs } from './catalogEntities';
import { readExpectations } from './expectations';
import { loginOf, readOrganisation } from './Organisation';
import { readRepositories } from './repositories';

const examples = path.resolve(__dirname, '../../../../examples');

describe('the examples', () => {
  const organisation = readOrganisation(examples);
  const repositories = readRepositories(examples);

  it('become repositories that hold every file of their folder once', () => {
    expect(repositories.length).toBeGreaterThanOrEqual(24);
    for (const { name, commits } of repositories) {
      const folder = path.join(examples, 'repositories', name);
      const onDisk = fs
        .readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter(it => it.isFile());
      const committed = commits.flatMap(it => it.paths);
      expect(new Set(committed).size).toBe(committed.length);
      expect(committed).toHaveLength(onDisk.length);
    }
  });

  it('have a history written by people of the organisation, in the order of time', () => {
    const logins = organisation.users.map(it => it.login);
    for (const { commits } of repositories) {
      const dates = commits.map(it => it.date);
      expect([...dates].sort()).toEqual(dates);
      for (const { author } of commits) {
        expect(logins).toContain(loginOf(author));
      }
    }
  });

  it('expect targets in repositories that there are, of teams with somebody in them', () => {
    const names = repositories.map(it => `${organisation.login}/${it.name}`);
    for (const { name } of exampleCampaigns) {
      const expectations = readExpectations(examples, name);
      expect(expectations.length).toBeGreaterThan(0);
      for (const { repository, owner } of expectations) {
        expect(names).toContain(repository);
        const team = organisation.teams.find(
          it => `group:default/${it.slug}` === owner,
        );
        expect(team?.members).not.toHaveLength(0);
      }
    }
  });

  it('have campaign files that name files which are there', () => {
    for (const { file } of exampleCampaigns) {
      const { files, yaml } = readCampaignFiles(path.join(examples, file));
      // A guide, a mapping table, the two schemas, and the sample rows.
      const samples = yaml.match(/\.\.\/samples\/\S+/g) ?? [];
      expect(Object.keys(files!)).toHaveLength(4 + samples.length);
    }
  });

  it('put every kind of entity into the catalog', () => {
    const refs = exampleEntityRefs(examples);
    for (const kind of ['group', 'user', 'system', 'component', 'resource']) {
      expect(refs.some(it => it.startsWith(`${kind}:default/`))).toBe(true);
    }
  });
});
