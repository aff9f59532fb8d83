import Database from 'better-sqlite3';
import { Portal } from '../portal/Portal';
import { largeDataset } from './largeCatalog';

/** Where a script says that it ran. */
export const RAN = 'skeinScriptRan';

/** A host that no page has a reason to ask. */
export const EVIL = 'evil.example';

/** What runs wherever a page takes it for HTML: each by another way. */
export const hostileHtml = [
  `"><img src="https://${EVIL}/x.png" onerror="window.${RAN}=1">`,
  `<svg onload="window.${RAN}=2"></svg>`,
  `<script>window.${RAN}=3</script>`,
  `<iframe srcdoc="<script>parent.${RAN}=4</script>"></iframe>`,
].join('');

const hostileLink = `${'java'}script:window.${RAN}=5`;
const hostileMarkdown = [
  '# Hostile guide',
  hostileHtml,
  `[Click me](${hostileLink}) <a href="${hostileLink}">and me</a>`,
  `[and me](data:text/html,<script>opener.${RAN}=6</script>)`,
  `<form action="https://${EVIL}"><button>Send</button></form>`,
].join('\n\n');

const name = 'hostile';
const target = '00000001-0000-4000-8000-000000000001';
const job = '00000002-0000-4000-8000-000000000001';
const change = '00000003-0000-4000-8000-000000000001';

/** A campaign and a target in which all that is foreign is hostile. */
export const hostilePages = {
  campaign: `/campaigns/${name}`,
  target: `/campaigns/${name}/targets/${target}`,
};

const usage = { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 };

const events: Array<Record<string, string>> = [
  { type: 'log', message: `Line ${hostileHtml}` },
  {
    type: 'transcript',
    data: JSON.stringify({
      kind: 'turn',
      turn: 1,
      model: hostileHtml,
      stopReason: 'end_turn',
      text: `Turn ${hostileHtml}`,
      usage,
      durationMs: 1,
    }),
  },
  {
    type: 'transcript',
    data: JSON.stringify({
      kind: 'tool',
      turn: 1,
      name: hostileHtml,
      input: hostileHtml,
      result: `Result ${hostileHtml}`,
      resultBytes: 1,
      failed: false,
      durationMs: 1,
    }),
  },
];

const patch = [
  'diff --git a/a.sql b/a.sql',
  '--- a/a.sql',
  '+++ b/a.sql',
  '@@ -1,2 +1,2 @@',
  ` -- Context ${hostileHtml}`,
  `-select '${hostileHtml}'`,
  `+select 'Added ${hostileHtml}'`,
  '',
].join('\n');

const span = { start: 0, end: 1, line: 1, column: 1 };
const check = {
  name: `Check ${hostileHtml}`,
  source: 'repository',
  url: hostileLink,
  outcome: 'failed',
  summary: `Summary ${hostileHtml}`,
  errors: [{ tool: 'make', message: hostileHtml, detail: hostileHtml }],
  output: `Output ${hostileHtml}`,
  durationMs: 1,
};

const report = {
  framework: 'dbt',
  sandbox: `Sandbox ${hostileHtml}`,
  edits: [
    {
      file: 'a.sql',
      span,
      oldText: hostileHtml,
      newText: hostileHtml,
      kind: 'column',
      cause: 'plays:1',
      reason: hostileHtml,
      confidence: 'likely',
    },
  ],
  refusals: [
    {
      file: 'a.sql',
      span,
      text: hostileHtml,
      kind: 'column',
      code: 'person-decides',
      reason: `Note ${hostileHtml}`,
    },
  ],
  baseline: [check],
  verification: [check],
  agent: {
    outcome: 'finished',
    summary: `Summary of the agent ${hostileHtml}`,
    remarks: [hostileHtml],
    turns: 1,
    usage,
    files: [],
    resolved: [],
    asked: [],
  },
};

/**
 * Makes a campaign whose words are scripts, and a target whose repository,
 * checks, agent and forge wrote scripts too, as they would be stored.
 */
export async function makeHostileCampaign(
  portal: Portal,
  database: string,
): Promise<void> {
  await portal.campaigns.createCampaign({
    yaml: JSON.stringify({
      apiVersion: 'skein/v1',
      kind: 'Campaign',
      name,
      title: `Title ${hostileHtml}`.slice(0, 200),
      description: `Description ${hostileHtml}`,
      owner: 'group:default/team-00',
      guide: 'guide.md',
      datasets: [
        { from: largeDataset, to: 'listening.plays_v2', mapping: 'plays.csv' },
      ],
    }),
    files: {
      'guide.md': hostileMarkdown,
      'plays.csv': `old_column,new_column,note\nplay_id,id,${quoted(
        hostileHtml,
      )}\n`,
    },
  });
  const { id, revisionId } = await portal.campaigns.getCampaign(name);
  store(database, id, revisionId);
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function store(file: string, campaignId: string, revisionId: string): void {
  const database = new Database(file, { timeout: 60_000 });
  const insert = (table: string, row: Record<string, string | number>) => {
    const columns = Object.keys(row);
    database
      .prepare(
        `insert into ${table} (${columns.join()}) values (${columns.map(
          () => '?',
        )})`,
      )
      .run(Object.values(row));
  };
  const ofTarget = { campaign_id: campaignId, target_id: target };
  const place = {
    repo_host: 'github.com',
    repo_owner: 'acme',
    repo_name: 'warehouse',
  };
  try {
    // Whoever computes the scope now would take away what it did not find.
    database
      .prepare(
        "update campaigns set scope_state = 'ready', scope_ticket = null, scope_next_at = null, scope_computed_at = ? where id = ?",
      )
      .run(Date.now(), campaignId);
    insert('targets', {
      id: target,
      campaign_id: campaignId,
      ...place,
      path: `path/${hostileHtml}`,
      framework: 'dbt',
      owner_ref: 'group:default/team-00',
      state: 'proposed',
      state_reason: `Reason ${hostileHtml}`,
      reasons: JSON.stringify([
        {
          type: 'rule',
          rule: hostileHtml,
          detail: hostileHtml,
          decision: 'in',
        },
      ]),
      change_id: change,
      job_id: job,
      created_at: Date.now(),
      updated_at: Date.now(),
    });
    insert('jobs', {
      id: job,
      ...ofTarget,
      revision_id: revisionId,
      task: 'transform',
      state: 'succeeded',
      attempts: 1,
      max_attempts: 3,
      created_at: 1,
      finished_at: 2,
    });
    for (const event of events) {
      insert('job_events', {
        ...{ job_id: job, attempt: 1, at: 1, level: 'info', message: '' },
        ...event,
      });
    }
    insert('changes', {
      id: change,
      target_id: target,
      job_id: job,
      revision_id: revisionId,
      base_commit: 'abc',
      patch,
      report: JSON.stringify(report),
      files_changed: 1,
      insertions: 1,
      deletions: 1,
      created_at: 1,
    });
    insert('activity', {
      ...ofTarget,
      actor: 'skein',
      action: 'target.open',
      message: `Activity ${hostileHtml}`,
      at: Date.now(),
    });
    insert('feedback', {
      ...ofTarget,
      id: '00000007-0000-4000-8000-000000000001',
      source: 'agent',
      key: '0'.repeat(64),
      text: `Remark ${hostileHtml}`,
      job_id: job,
      revision_id: revisionId,
      created_at: 1,
    });
    insert('reviews', {
      ...ofTarget,
      id: '00000006-0000-4000-8000-000000000001',
      job_id: job,
      revision_id: revisionId,
      patch_digest: '0',
      round: 1,
      outcome: 'accepted',
      findings: JSON.stringify([
        { gate: 'size', action: 'ask', message: `Finding ${hostileHtml}` },
      ]),
      verdict: 'accept',
      created_at: 1,
    });
  } finally {
    database.close();
  }
}
