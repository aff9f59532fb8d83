// How long SQL on sample rows takes, and how much memory, on the example
// organisation: each target as it was, and as the mapping tables change it.
//
//   yarn workspace @skein/job-runner build:bundle
//   node bench/samples.mjs [--list]
//
// A process for each target, as a job has it: its time by the clock, and of all
// processors (Linux; a tick is 10 ms). Fails where the change of the
// rewriter gives something else on the sample rows.
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const examples = join(root, 'examples');
const runner = join(root, 'packages/job-runner/dist/job-runner.cjs');
const list = process.argv.includes('--list');

const folder = mkdtempSync(join(tmpdir(), 'bench-samples-'));
const bundle = join(folder, 'parse.cjs');
await build({
  stdin: {
    contents:
      "export { parseCampaign } from './plugins/campaigns-backend/src/campaigns/spec/parseCampaign';" +
      "export { contextOf } from './plugins/campaigns-backend/src/campaigns/context';" +
      "export { rewrite } from './packages/mapping-rewriter/src';" +
      "export { readCampaignFiles } from './packages/quickstart/src/campaigns/readCampaignFiles';",
    resolveDir: root,
    loader: 'ts',
  },
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  logLevel: 'error',
});
const { contextOf, parseCampaign, readCampaignFiles, rewrite } = createRequire(
  import.meta.url,
)(bundle);

const { problems, spec } = parseCampaign(
  readCampaignFiles(join(examples, 'campaigns/users-v1.yaml')),
);
if (!spec) throw new Error(JSON.stringify(problems));
const context = contextOf(spec);
const { targets } = parse(
  readFileSync(join(examples, 'expected.yaml'), 'utf8'),
);

const rows = [];
for (const target of targets) {
  if (target.campaign !== 'retire-users-v1' || !target.changes) continue;
  const repository = target.repository.split('/')[1];
  const before = readTexts(
    join(examples, 'repositories', repository, target.path),
  );
  const { files: changed } = rewrite(before, context.mappings, context.options);
  const outputs = new Map(changed.map(({ output, path }) => [path, output]));
  const after = before.map(({ content, path }) => ({
    path,
    content: outputs.get(path) ?? content,
  }));
  rows.push({
    target: join(repository, target.path),
    baseline: await run({ before }),
    change: await run({ before, after }),
  });
}
rmSync(folder, { recursive: true });

console.log(
  '| target | statements | baseline | processor | change | processor | memory |',
);
console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
for (const { baseline, change, target } of rows) {
  const good = change.verdicts.filter(({ outcome }) => outcome === 'same');
  const cells = [
    target,
    `${good.length} of ${change.verdicts.length}`,
    ...[baseline, change].flatMap(({ milliseconds, processor }) => [
      seconds(milliseconds),
      seconds(processor),
    ]),
    `${Math.round(change.kilobytes / 1024)} MB`,
  ];
  console.log(`| ${cells.join(' | ')} |`);
  if (!list) continue;
  for (const verdict of change.verdicts) {
    console.log(
      `  ${verdict.outcome} ${verdict.key} ${verdict.messages[0] ?? ''}`,
    );
  }
}
const wrong = rows.filter(({ change }) =>
  change.verdicts.some(({ outcome }) => outcome === 'different'),
);
if (wrong.length > 0) {
  console.error(`different: ${wrong.map(({ target }) => target).join(', ')}`);
  process.exitCode = 1;
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

function readTexts(from) {
  return readdirSync(from, { recursive: true })
    .map(name => join(from, name))
    .filter(path => statSync(path).isFile() && !path.includes('.git/'))
    .map(path => ({
      path: relative(from, path),
      content: readFileSync(path, 'utf8'),
    }));
}

async function run(texts) {
  const startedAt = Date.now();
  const child = spawn(process.execPath, [runner, 'samples'], {
    env: {},
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(
    JSON.stringify({
      ...texts,
      samples: context.samples,
      schemas: context.options.schemas,
      dialect: 'bigquery',
      defaultProject: context.options.defaultProject,
      datasets: context.mappings.map(({ from, to }) => ({ from, to })),
      outputs: 'preserve',
      skip: [],
    }),
  );
  let kilobytes = 0;
  let processor = 0;
  let out = '';
  const look = () => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      kilobytes = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? kilobytes);
      const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(' ');
      processor = (Number(stat[13]) + Number(stat[14])) * 10;
    } catch {
      // It has ended, or this is no Linux.
    }
  };
  const timer = setInterval(look, 10);
  child.stdout.on('data', chunk => {
    look();
    out += chunk;
  });
  await new Promise(done => child.once('close', done));
  clearInterval(timer);
  return {
    milliseconds: Date.now() - startedAt,
    processor,
    kilobytes,
    verdicts: out
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line))
      .flatMap(answer => (answer.type === 'verdict' ? [answer.verdict] : [])),
  };
}
