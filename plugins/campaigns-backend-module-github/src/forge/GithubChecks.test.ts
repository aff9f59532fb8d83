import { App, Octokit } from 'octokit';
import { startGithub, TestGithub } from '../__testUtils__/startGithub';

const repo = { owner: 'acme', repo: 'warehouse' };

describe('GithubChecks', () => {
  let github: TestGithub;
  let app: Octokit;
  let commit: string;

  beforeEach(async () => {
    github = await startGithub();
    const { apps } = github.integration as unknown as {
      apps: Array<{ privateKey: string }>;
    };
    const installed = new App({
      appId: 7,
      privateKey: apps[0].privateKey,
      Octokit: Octokit.defaults({ baseUrl: github.local.apiUrl }),
    });
    const { data } = await installed.octokit.request('GET /app/installations');
    app = await installed.getInstallationOctokit(data[0].id);
    const main = await app.rest.git.getRef({ ...repo, ref: 'heads/main' });
    commit = main.data.object.sha;
  });
  afterEach(() => github.stop());

  const run = async (
    name: string,
    conclusion?: 'success' | 'failure' | 'neutral' | 'cancelled',
    output?: { title: string; summary: string; text?: string },
  ) => {
    const { data } = await app.rest.checks.create({
      ...repo,
      name,
      head_sha: commit,
      ...(conclusion
        ? { status: 'completed', conclusion }
        : { status: 'in_progress' }),
      output,
    });
    return data.id;
  };
  const checks = () => github.forge.checks.getChecks(github.repository, commit);

  it('gives check runs and statuses as one list', async () => {
    expect(await checks()).toEqual([]);
    await run('build', 'success');
    await run('lint', 'neutral');
    await run('test');
    await run('deploy', 'cancelled');
    for (const state of ['pending', 'error'] as const) {
      await github.alice.rest.repos.createCommitStatus({
        ...repo,
        sha: commit,
        state,
        context: `ci/${state}`,
        description: `It is ${state}`,
        target_url: 'http://ci.example.com/1',
      });
    }
    const found = await checks();
    expect(found.map(({ name, state }) => [name, state]).sort()).toEqual([
      ['build', 'passing'],
      ['ci/error', 'failing'],
      ['ci/pending', 'pending'],
      ['deploy', 'failing'],
      ['lint', 'passing'],
      ['test', 'pending'],
    ]);
    expect(found).toContainEqual(
      expect.objectContaining({
        name: 'ci/error',
        summary: 'It is error',
        url: 'http://ci.example.com/1',
      }),
    );
  });

  it('counts the newest run of a name alone', async () => {
    await run('build', 'failure');
    await run('build', 'success');
    expect(await checks()).toMatchObject([{ name: 'build', state: 'passing' }]);
  });

  it('reads the log of a job of Actions', async () => {
    const id = await run('build', 'failure');
    github.local.admin.setJobLog({
      checkRun: id,
      log: '2026-01-01T00:00:00Z error: cannot find symbol\n',
    });
    const [check] = await checks();
    expect(
      await github.forge.checks.getCheckLog(github.repository, check),
    ).toContain('cannot find symbol');
  });

  it('takes what a check says of itself where there is no log', async () => {
    await run('sqlfluff', 'failure', {
      title: '2 errors',
      summary: 'L003 in a.sql',
      text: 'Expected 4 spaces',
    });
    const [check] = await checks();
    expect(
      await github.forge.checks.getCheckLog(github.repository, check),
    ).toBe('2 errors\nL003 in a.sql\nExpected 4 spaces');
  });
});
