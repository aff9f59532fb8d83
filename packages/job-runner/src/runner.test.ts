import { rewrite } from '@skein/mapping-rewriter';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  exampleSpec,
  ProtocolTestServer,
  TOKEN,
} from './__testUtils__/ProtocolTestServer';
import { SourceRepository, TreeEntry } from './__testUtils__/sourceRepository';
import { JobResult, JobSpec, protocolLimits } from './protocol';
import { runAttempt } from './runner';

const OLD = 'select user_id\nfrom `acme.user_data.users_v1`\n';
const NEW =
  'select user_identifier as user_id\nfrom `acme.user_data.users_v2`\n';

type TransformResult = Extract<JobResult, { task: 'transform' }>;

describe('the job runner', () => {
  let server: ProtocolTestServer;
  let repository: SourceRepository;
  let workFolder: string;

  beforeEach(async () => {
    server = await ProtocolTestServer.start();
    repository = new SourceRepository();
    workFolder = mkdtempSync(join(tmpdir(), 'skein-work-'));
  });
  afterEach(async () => {
    await server.close();
    rmSync(workFolder, { recursive: true });
    rmSync(repository.folder, { recursive: true });
  });

  const attempt = (token = TOKEN, url = server.url) =>
    runAttempt({
      url,
      token,
      workFolder,
      sandbox: 'none',
      runnerFile: '/nonexistent/job-runner.cjs',
      rewriter: {
        rewrite: async (files, mappings, options) =>
          rewrite(files, mappings, options),
      },
      environment: { ...process.env, SKEIN_JOB_TOKEN: TOKEN },
    });

  async function run(entries: TreeEntry[], spec: Partial<JobSpec> = {}) {
    server.source = repository.bundle(entries);
    server.spec = { ...exampleSpec, ...spec };
    await attempt();
    expect(server.results).toHaveLength(1);
    return server.results[0] as TransformResult;
  }
  const sql = (path: string | Buffer, content: string | Buffer = OLD) => ({
    path,
    content,
  });

  it('runs a job over HTTP with a path before the protocol', async () => {
    const result = await run([
      sql('models/a.sql'),
      sql('dbt_project.yml', 'name: x\n'),
    ]);
    expect(result).toMatchObject({
      outcome: 'proposed',
      report: { framework: 'dbt' },
    });
    expect(repository.apply(result.patch, 'models/a.sql').toString()).toBe(NEW);
    expect(server.requests[0]).toMatch(/GET job|POST events/);
    expect(server.events.map(event => event.phase)).toContain('transform');
  });

  it('reports each mapped name that stays, by its path in the repository', async () => {
    const result = await run([
      sql('models/a.sql', `-- users_v1, see below\n${OLD}`),
      sql('load.py', 'users_v1 = None\n'),
    ]);
    expect(result.report.leftovers).toMatchObject({
      total: 2,
      byReason: { code: 1, comment: 1 },
      places: [
        { file: 'load.py', text: 'users_v1', reason: 'code' },
        { file: 'models/a.sql', text: 'users_v1', reason: 'comment' },
      ],
    });
  });

  describe('with a hostile repository', () => {
    const evil = (file: string) =>
      `#!/bin/sh\ntouch ${join(workFolder, file)}\ncat 2>/dev/null\n`;
    const touched = () =>
      readdirSync(workFolder).filter(name => name !== 'job');

    it('runs no filter, hook, monitor or diff driver of it, and keeps bytes as they are', async () => {
      const config = [
        '[filter "evil"]\n\tclean = ./evil.sh\n\tsmudge = ./evil.sh\n\trequired = true\n',
        '[core]\n\tfsmonitor = ./evil.sh\n\thooksPath = hooks\n[diff "evil"]\n\tcommand = ./evil.sh\n\ttextconv = ./evil.sh\n',
      ].join('');
      const result = await run([
        {
          path: '.gitattributes',
          content:
            '* filter=evil diff=evil text eol=crlf ident working-tree-encoding=UTF-16\n*.sql binary -diff\n',
        },
        { path: '.gitconfig', content: config },
        { path: '.lfsconfig', content: '[lfs]\n\turl = http://127.0.0.1:1\n' },
        { path: 'evil.sh', mode: '100755', content: evil('filter') },
        { path: 'hooks/post-checkout', mode: '100755', content: evil('hook') },
        sql('a.sql', `-- $Id$\n${OLD}`),
      ]);
      expect(result.outcome).toBe('proposed');
      expect(repository.apply(result.patch, 'a.sql').toString()).toBe(
        `-- $Id$\n${NEW}`,
      );
      expect(touched()).toEqual([]);
    });

    it('runs nothing that the git of this machine is set up to run, as LFS', async () => {
      const program = join(workFolder, 'program.sh');
      writeFileSync(program, evil('lfs'), { mode: 0o755 });
      const global = join(workFolder, 'gitconfig');
      writeFileSync(
        global,
        [
          `[filter "lfs"]\n\tsmudge = ${program}\n\tclean = ${program}\n\tprocess = ${program}\n\trequired = true`,
          `[core]\n\tfsmonitor = ${program}\n\thooksPath = ${workFolder}`,
          '',
        ].join('\n'),
      );
      for (const hook of ['post-checkout', 'post-index-change', 'pre-commit']) {
        writeFileSync(join(workFolder, hook), evil('hook'), { mode: 0o755 });
      }
      const before = touched();
      process.env.GIT_CONFIG_GLOBAL = global;
      try {
        const result = await run([
          {
            path: '.gitattributes',
            content: '*.bin filter=lfs diff=lfs merge=lfs -text\n',
          },
          {
            path: 'data.bin',
            content: `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(
              64,
            )}\nsize 12\n`,
          },
          sql('a.sql'),
        ]);
        expect(result.outcome).toBe('proposed');
      } finally {
        delete process.env.GIT_CONFIG_GLOBAL;
      }
      expect(touched()).toEqual(before);
    });

    it('follows no link out of the checkout, neither to read nor to write', async () => {
      const outside = join(workFolder, 'outside.sql');
      const result = await run([
        { path: 'link.sql', mode: '120000', content: '/etc/passwd' },
        { path: 'models', mode: '120000', content: '/etc' },
        { path: 'out.sql', mode: '120000', content: outside },
        sql('a.sql'),
      ]);
      expect(result.outcome).toBe('proposed');
      expect(result.patch.match(/^diff --git/gm)).toHaveLength(1);
      expect(existsSync(outside)).toBe(false);
    });

    it('leaves submodules alone', async () => {
      const result = await run([
        { path: 'vendor/lib', mode: '160000', content: '1'.repeat(40) },
        {
          path: '.gitmodules',
          content:
            '[submodule "lib"]\n\tpath = vendor/lib\n\turl = --upload-pack=evil\n',
        },
        sql('a.sql'),
      ]);
      expect(result).toMatchObject({ outcome: 'proposed' });
    });

    it.each([
      '.git/hooks/post-checkout',
      '.GIT/config',
      'git~1/config',
      'a/../../b.sql',
    ])('refuses a tree with %s', async path => {
      const result = await run([
        { path, mode: '100755', content: evil('hook') },
        sql('a.sql'),
      ]);
      expect(result).toMatchObject({
        outcome: 'failed',
        failureKind: 'source-unavailable',
        patch: '',
      });
      expect(touched()).toEqual([]);
    });

    it.each([
      ['a line break', 'models/a\nb.sql'],
      ['quotes', 'models/"a" \'b\'.sql'],
      ['a tab and a backslash', 'a\t\\n.sql'],
      ['other letters', 'modèles/日本 – é.sql'],
      ['a dash first', '--output=x.sql'],
      ['glob characters', ':(glob)*[a].sql'],
    ])('rewrites a file whose name has %s', async (_, path) => {
      const result = await run([sql(path), sql('models/b.sql', 'select 1\n')]);
      expect(result.outcome).toBe('proposed');
      expect(repository.apply(result.patch, path).toString()).toBe(NEW);
      expect(result.report.edits[0].file).toBe(path);
    });

    it('leaves a file whose name is no text to a person', async () => {
      const name = Buffer.from([0x61, 0xff, 0x2e, 0x73, 0x71, 0x6c]);
      const result = await run([sql(name), sql('b.sql')]);
      expect(result.patch.match(/^diff --git/gm)).toHaveLength(1);
      expect(result.report.refusals).toMatchObject([
        { reason: expect.stringContaining('its name is not UTF-8') },
      ]);
    });

    it('keeps line ends, a byte order mark and a missing last line end', async () => {
      const windows = OLD.replaceAll('\n', '\r\n');
      const result = await run([
        sql('crlf.sql', windows),
        sql('bom.sql', `\ufeff${OLD}`),
        sql('open.sql', OLD.trimEnd()),
      ]);
      expect(repository.apply(result.patch, 'crlf.sql').toString()).toBe(
        NEW.replaceAll('\n', '\r\n'),
      );
      expect(repository.apply(result.patch, 'bom.sql').toString()).toBe(
        `\ufeff${NEW}`,
      );
      expect(repository.apply(result.patch, 'open.sql').toString()).toBe(
        NEW.trimEnd(),
      );
    });

    it('reads no binary file', async () => {
      const result = await run([
        sql('a.sql', Buffer.concat([Buffer.from(OLD), Buffer.from([0, 1, 2])])),
      ]);
      expect(result).toMatchObject({ outcome: 'noChanges', patch: '' });
    });

    it.each([
      [
        'in another encoding',
        Buffer.concat([
          Buffer.from('-- caf\xe9\n', 'latin1'),
          Buffer.from(OLD),
        ]),
      ],
      ['that is huge', Buffer.from(`${'-- x\n'.repeat(300_000)}${OLD}`)],
    ])(
      'does not call a file clean that names the old dataset %s',
      async (_, content) => {
        const result = await run([sql('models/a.sql', content)]);
        expect(result).toMatchObject({ outcome: 'needsHuman', patch: '' });
        expect(result.report.refusals).toMatchObject([
          {
            file: 'models/a.sql',
            code: 'unparsable',
            reason: expect.stringContaining('acme.user_data.users_v1'),
          },
        ]);
      },
    );

    it('cannot slip a change into the patch by its checks', async () => {
      const result = await run([
        {
          path: 'test.sh',
          mode: '100755',
          content:
            '#!/bin/sh\necho "select 666" > b.sql\necho "select 666" >> a.sql\ngit add -A\ngit -c user.name=x -c user.email=x@x commit -qm x\ntrue\n',
        },
        sql('a.sql'),
        sql('b.sql', 'select 1\n'),
      ]);
      expect(result.outcome).toBe('proposed');
      expect(result.patch).not.toContain('666');
      expect(repository.apply(result.patch, 'a.sql').toString()).toBe(NEW);
    });

    it('shows its checks neither the token nor what else the runner knows', async () => {
      const result = await run([
        {
          path: 'test.sh',
          mode: '100755',
          content: '#!/bin/sh\nenv | cut -d= -f1 | sort | tr "\\n" " "\n',
        },
        sql('a.sql'),
      ]);
      const [check] = result.report.baseline.filter(
        each => each.source === 'repository',
      );
      expect(
        check.summary
          .split(' ')
          .filter(name => /SKEIN|NODE|npm|TEST/.test(name)),
      ).toEqual([]);
    });
  });

  describe('and the backend', () => {
    it('ends quietly where the token is dead', async () => {
      await expect(attempt('another')).resolves.toBeUndefined();
      expect(server.results).toEqual([]);
    });

    it('ends quickly where it is told to stop, and kills what runs', async () => {
      server.source = repository.bundle([
        { path: 'test.sh', content: 'echo started\nsleep 600\n' },
        sql('a.sql'),
      ]);
      const running = attempt();
      while (
        !server.events.some(event => event.message?.startsWith('Running'))
      ) {
        await new Promise(resolve => setTimeout(resolve, 10));
      }
      server.stop = true;
      await expect(running).resolves.toBeUndefined();
      expect(server.results).toEqual([]);
    });

    it('ends, with all that it runs, where the backend is gone', async () => {
      const gone = await ProtocolTestServer.start();
      gone.source = repository.bundle([
        { path: 'test.sh', content: 'sleep 6174.5\n' },
        sql('a.sql'),
      ]);
      const running = attempt(TOKEN, gone.url);
      while (!gone.events.some(event => event.message?.startsWith('Running'))) {
        await new Promise(resolve => setTimeout(resolve, 10));
      }
      await gone.close();
      await expect(running).rejects.toThrow('ECONNREFUSED');
    });

    it('tries again where the backend is not there for a moment', async () => {
      server.failures.push(
        { request: 'GET job', status: 502 },
        { request: 'POST events', status: 500 },
        { request: 'PUT result', status: 503 },
      );
      expect(await run([sql('a.sql')])).toMatchObject({ outcome: 'proposed' });
    });

    it("gives the backend's words where the source cannot be had", async () => {
      server.failures.push({
        request: 'GET source',
        status: 503,
        message: 'No repository acme/repo',
      });
      expect(await run([sql('a.sql')])).toMatchObject({
        outcome: 'failed',
        failureKind: 'source-unavailable',
        summary: 'No repository acme/repo',
      });
    });

    it('takes a bundle that is cut off for no source', async () => {
      const bundle = repository.bundle([sql('a.sql')]);
      server.source = bundle.subarray(0, bundle.length - 30);
      await attempt();
      expect(server.results[0]).toMatchObject({
        failureKind: 'source-unavailable',
      });
    });

    it('speaks to no other version', async () => {
      server.spec = { ...exampleSpec, protocolVersion: 2 };
      await expect(attempt()).rejects.toThrow('version 2 of the job protocol');
    });

    it('keeps a large report within the bounds of the protocol', async () => {
      const many = `${'select user_id from `acme.user_data.users_v1`;\n'.repeat(
        9_000,
      )}`;
      const result = await run([sql('a.sql', many), sql('b.sql', many)], {
        limits: { ...exampleSpec.limits, patchBytes: 64 * 1024 ** 2 },
      });
      expect(result).toMatchObject({
        outcome: 'proposed',
        report: { truncated: true },
      });
      expect(JSON.stringify(result.report).length).toBeLessThan(
        protocolLimits.reportBytes,
      );
    });
  });
});
