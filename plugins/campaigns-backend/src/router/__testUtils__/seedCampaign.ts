import { Knex } from 'knex';

/** For tests: the id of the nth thing of a kind. */
export function idOf(kind: number, index: number): string {
  const digits = (number: number, length: number) =>
    String(number).padStart(length, '0');
  return `${digits(kind, 8)}-0000-4000-8000-${digits(index, 12)}`;
}

/** For tests: ids of what {@link seedTarget} makes, by the target's number. */
export const ids = {
  target: (index: number) => idOf(1, index),
  job: (index: number) => idOf(2, index),
  change: (index: number) => idOf(3, index),
  trial: (index: number) => idOf(4, index),
  call: (index: number) => idOf(5, index),
  review: (index: number) => idOf(6, index),
  feedback: (index: number) => idOf(7, index),
  run: (index: number) => idOf(8, index),
  snapshot: (index: number) => idOf(9, index),
};

/** For tests: what a target says wherever it is shown. */
export const wordOf = (key: string) => `word-${key}`;

const report = JSON.stringify({
  framework: 'dbt',
  sandbox: '',
  edits: [],
  refusals: [],
  baseline: [],
  verification: [],
});

/** For tests: a campaign's runs, evaluation, scope and sums, as if it had gone on for a while. */
export async function seedProgress(
  knex: Knex,
  campaign: { id: string; index: number; revisionId: string },
): Promise<void> {
  const { id, index, revisionId } = campaign;
  const runs = ['wave', 'dryRun'].map((kind, of) => ({
    id: ids.run(2 * index + of),
    campaign_id: id,
    number: of + 1,
    kind,
    wave: kind === 'wave' ? 'all' : null,
    revision_id: revisionId,
    state: 'finished',
    target_count: 3,
    created_by: 'user:default/root',
    created_at: 1,
  }));
  await knex('runs').insert(runs);
  await knex('scope_snapshots').insert(
    [1, 2].map(number => ({
      id: ids.snapshot(2 * index + number),
      campaign_id: id,
      number,
      computed_at: 1,
      in_scope: 3,
      unsure: 0,
      out_of_scope: 0,
      came: 3,
      went: 0,
      changed: 0,
      notices: JSON.stringify([`acme/${wordOf('theirs')} could not be read`]),
    })),
  );
  await knex('model_spend').insert({
    scope: 'campaign',
    scope_id: id,
    campaign_id: id,
    spent_nanos: 3e9,
    reserved_nanos: 0,
    spent_tokens: 30,
    reserved_tokens: 0,
  });
  await knex('model_estimates').insert({
    id: idOf(10, index),
    campaign_id: id,
    revision_id: revisionId,
    created_by: 'user:default/root',
    created_at: 1,
    content: JSON.stringify({
      revisionNumber: 1,
      model: 'm',
      currency: 'USD',
      targets: 3,
      sampleSize: 3,
      sampleNeedingModel: 3,
      low: 1,
      expected: 2,
      high: 3,
      perTarget: {
        promptTokens: 1,
        calls: 1,
        outputTokensPerCall: 1,
        growthTokensPerCall: 1,
        basis: 'history',
        historyJobs: 1,
      },
    }),
  });
  await knex('activity').insert([
    {
      campaign_id: id,
      actor: 'skein',
      action: 'campaign.pause',
      message: `1 of the 3 targets of ${wordOf('theirs')} failed`,
      summary: 'Paused by the policy',
      at: 1,
    },
    {
      campaign_id: id,
      actor: 'user:default/root',
      action: 'target.skip',
      message: 'Skipped: 3 targets',
      summary: null,
      at: 1,
    },
  ]);
}

/** For tests: a target with a row in each table that tells of targets. */
export async function seedTarget(
  knex: Knex,
  target: {
    key: string;
    index: number;
    campaign: { id: string; index: number; revisionId: string };
    owner?: string;
    state?: string;
  },
): Promise<void> {
  const { campaign, index, key, owner, state = 'proposed' } = target;
  const word = wordOf(key);
  const of = { campaign_id: campaign.id, target_id: ids.target(index) };
  const place = {
    repo_host: 'github.com',
    repo_owner: 'acme',
    repo_name: word,
    path: word,
  };
  const facts = JSON.stringify({
    decision: 'in',
    framework: 'dbt',
    reason: word,
    evidence: [word],
  });
  await knex('targets').insert({
    id: of.target_id,
    campaign_id: campaign.id,
    ...place,
    framework: 'dbt',
    entity_ref: `component:default/job${index}`,
    owner_ref: owner ?? null,
    state,
    state_reason: word,
    failure_kind: state === 'failed' ? 'timeout' : null,
    wave: 'all',
    wave_index: 0,
    reasons: JSON.stringify([
      { type: 'rule', rule: word, detail: word, decision: 'in' },
    ]),
    scope_facts: facts,
    newcomer: state === 'candidate',
    change_id: ids.change(index),
    job_id: ids.job(index),
    run_id: ids.run(2 * campaign.index),
    created_at: 1,
    updated_at: 1,
  });
  await knex('jobs').insert(
    ['transform', 'evaluate'].map((task, run) => ({
      ...of,
      id: run === 0 ? ids.job(index) : ids.trial(index),
      run_id: ids.run(2 * campaign.index + run),
      revision_id: campaign.revisionId,
      task,
      state: 'succeeded',
      attempts: 1,
      max_attempts: 3,
      outcome: task === 'evaluate' ? 'proposed' : null,
      outcome_message: word,
      created_at: 1,
      finished_at: 2,
    })),
  );
  await knex('changes').insert({
    id: ids.change(index),
    target_id: of.target_id,
    job_id: ids.job(index),
    revision_id: campaign.revisionId,
    base_commit: 'abc',
    patch: word,
    report,
    files_changed: 1,
    insertions: 1,
    deletions: 1,
    created_at: 1,
  });
  await knex('job_events').insert({
    job_id: ids.job(index),
    attempt: 1,
    at: 1,
    type: 'log',
    level: 'info',
    message: word,
  });
  await knex('activity').insert({
    ...of,
    actor: 'skein',
    action: 'target.open',
    message: word,
    at: 1,
  });
  await knex('feedback').insert({
    ...of,
    id: ids.feedback(index),
    source: 'agent',
    key: String(index).padStart(64, '0'),
    text: word,
    job_id: ids.job(index),
    revision_id: campaign.revisionId,
    created_at: 1,
  });
  await knex('reviews').insert({
    ...of,
    id: ids.review(index),
    job_id: ids.job(index),
    revision_id: campaign.revisionId,
    patch_digest: '0',
    round: 1,
    outcome: 'accepted',
    findings: JSON.stringify([{ gate: 'size', action: 'ask', message: word }]),
    verdict: 'accept',
    created_at: 1,
  });
  await knex('model_calls').insert({
    id: ids.call(index),
    campaign_id: campaign.id,
    job_id: ids.job(index),
    attempt: 1,
    revision_id: campaign.revisionId,
    purpose: 'agent',
    provider: 'p',
    model: word,
    state: 'settled',
    outcome: 'completed',
    message: word,
    cost_nanos: 1e9,
    input_tokens: 5,
    output_tokens: 5,
    at: 1,
  });
  await knex('model_spend').insert({
    scope: 'job',
    scope_id: ids.job(index),
    campaign_id: campaign.id,
    spent_nanos: 1e9,
    reserved_nanos: 0,
    spent_tokens: 10,
    reserved_tokens: 0,
  });
  await knex('pull_requests').insert({
    ...of,
    repo_host: place.repo_host,
    repo_owner: place.repo_owner,
    repo_name: place.repo_name,
    number: index,
    url: `https://github.com/acme/${word}/pull/${index}`,
    title: word,
    state: 'merged',
    draft: false,
    head_branch: word,
    head_sha: 'abc',
    base_branch: 'main',
    checks: 'passing',
    review: 'approved',
    reviewers: '[]',
    mergeable: 'unknown',
    human_commits: false,
    opened_at: 1,
    pushed_sha: 'abc',
    synced_at: 1,
    changed_at: 1,
  });
  await knex('scope_changes').insert({
    campaign_id: campaign.id,
    snapshot_number: 2,
    kind: 'came',
    ...place,
    after: facts,
    at: 1,
  });
}
