import { campaignFiles, campaignYaml } from './exampleCampaign';

/**
 * For tests: what each of the six gets, a status and the targets that the answer
 * shows: a stranger, a reader of one target, its owner, who runs the campaign, an
 * admin, a service.
 */
export type Answers = [string, string, string, string, string, string];

interface RouteRow {
  query?: string;
  body?: object;
  answers: Answers;
}

const input = { yaml: campaignYaml, files: campaignFiles };
const all = { filter: {} };
const reason = { reason: 'x' };
const key = '0'.repeat(64);
const lesson = { keys: [key], text: 'x', for: ['agent'], adopt: false };
const pair = '?base={revision}&head={revision}';
const inCampaign = 'mine theirs orphan';

const same = (answer: string): Answers =>
  Array(6).fill(answer) as unknown as Answers;

/** For the three who may, of whom none sees more than another. */
const act = (answer: string): Answers => [
  '403',
  '403',
  '403',
  answer,
  answer,
  answer,
];

/** Of the campaign alone. */
const campaign: Answers = ['404', '200', '200', '200', '200', '200'];

/** Of each target that the reader may see. */
const targets = (none = '404'): Answers => [
  none,
  '200 mine',
  '200 mine',
  `200 ${inCampaign}`,
  `200 ${inCampaign}`,
  `200 ${inCampaign}`,
];

/** Texts that name what they count are for those who may read all. */
const campaignWithReasons: Answers = [
  '404',
  '200',
  '200',
  '200',
  '200 theirs',
  '200 theirs',
];

/** Of one target, that of the one team. */
const target: Answers = [
  '404',
  '200 mine',
  '200 mine',
  '200 mine',
  '200 mine',
  '200 mine',
];

/** For tests: each route of the API, and what it shows to whom. */
export const routes: Record<string, RouteRow> = {
  'get /status': { answers: ['403', '200', '200', '200', '200', '200'] },
  'post /validate': { body: input, answers: act('200') },
  'post /search': {
    body: { query: { query: 'users' } },
    answers: act('200'),
  },

  'get /campaigns': {
    answers: ['200', '200', '200', '200', '200 theirs', '200 theirs'],
  },
  'post /campaigns': { body: input, answers: act('409') },
  'get /campaigns/{campaign}': { answers: campaignWithReasons },
  'put /campaigns/{campaign}': {
    body: input,
    answers: ['403', '403', '403', '200', '200 theirs', '200 theirs'],
  },
  'delete /campaigns/{campaign}': { answers: act('409') },
  'get /campaigns/{campaign}/activity': { answers: targets() },
  'get /campaigns/{campaign}/runs': { answers: campaign },
  'get /campaigns/{campaign}/mapping-preview': { answers: campaign },
  'post /campaigns/{campaign}/refresh-scope': {
    answers: ['403', '403', '403', '200', '200 theirs', '200 theirs'],
  },
  'post /campaigns/{campaign}/launch': {
    body: { expectedTargets: 1 },
    answers: act('409'),
  },
  'post /campaigns/{campaign}/pause': { answers: act('409') },
  'post /campaigns/{campaign}/resume': {
    answers: ['403', '403', '403', '200', '200 theirs', '200 theirs'],
  },
  'post /campaigns/{campaign}/cancel': {
    body: reason,
    answers: ['403', '403', '403', '200', '200 theirs', '200 theirs'],
  },

  'get /campaigns/{campaign}/revisions': { answers: campaign },
  'post /campaigns/{campaign}/revisions': {
    body: input,
    answers: act('201'),
  },
  'get /campaigns/{campaign}/revisions/{revision}': { answers: campaign },
  'post /campaigns/{campaign}/revisions/{revision}/adopt': {
    answers: ['403', '403', '403', '200', '200 theirs', '200 theirs'],
  },
  'get /campaigns/{campaign}/revision-comparison': {
    query: pair,
    answers: campaign,
  },
  'get /campaigns/{campaign}/evaluations': { answers: campaign },
  'post /campaigns/{campaign}/evaluations': {
    body: { revisionId: '{revision}', sample: { size: 3 } },
    answers: act('201'),
  },
  'get /campaigns/{campaign}/evaluations/{evaluation}': { answers: campaign },
  'post /campaigns/{campaign}/evaluations/{evaluation}/stop': {
    answers: act('409'),
  },
  'get /campaigns/{campaign}/evaluations/{evaluation}/trials': {
    answers: targets(),
  },
  'get /campaigns/{campaign}/evaluation-comparison': {
    query: '?base={evaluation}&head={evaluation}',
    answers: targets(),
  },

  'get /campaigns/{campaign}/scope/snapshots': {
    answers: campaignWithReasons,
  },
  'get /campaigns/{campaign}/scope/changes': { answers: targets() },
  'get /campaigns/{campaign}/targets': { answers: targets() },
  'get /campaigns/{campaign}/target-facets': { answers: campaign },
  'post /campaigns/{campaign}/targets/approve': {
    body: all,
    answers: ['403', '403', '200', '200', '200', '200'],
  },
  'post /campaigns/{campaign}/targets/retry': {
    body: all,
    answers: act(`200 ${inCampaign}`),
  },
  'post /campaigns/{campaign}/targets/skip': {
    body: { ...all, ...reason },
    answers: act('200'),
  },
  'post /campaigns/{campaign}/targets/include': {
    body: all,
    answers: act(`200 ${inCampaign}`),
  },
  'post /campaigns/{campaign}/targets/stop': {
    body: all,
    answers: act(`200 ${inCampaign}`),
  },
  'post /campaigns/{campaign}/targets/roll-back': {
    body: { ...all, ...reason },
    answers: act('200'),
  },
  'get /campaigns/{campaign}/review-statistics': { answers: campaign },
  'get /campaigns/{campaign}/feedback': { answers: targets() },
  'post /campaigns/{campaign}/feedback/promote': {
    body: lesson,
    answers: act('201'),
  },
  'post /campaigns/{campaign}/feedback/dismiss': {
    body: { keys: [key] },
    answers: act('204'),
  },
  'post /campaigns/{campaign}/feedback/reopen': {
    body: { keys: [key] },
    answers: act('204'),
  },
  'get /campaigns/{campaign}/spend': { answers: targets() },
  'post /campaigns/{campaign}/estimate': { answers: act('409') },

  'get /targets': {
    query: '?ownerRef=group%3Adefault%2Fads',
    answers: ['200', ...target.slice(1)] as Answers,
  },
  'get /targets/{target}': { answers: target },
  'get /targets/{target}/jobs': { answers: target },
  'get /targets/{target}/change': { answers: target },
  'get /targets/{target}/prompt': { answers: target },
  'get /targets/{target}/reviews': { answers: target },
  'get /targets/{target}/feedback': { answers: target },
  'get /jobs/{job}/events': { answers: target },
  'get /jobs/{job}/change': { answers: target },
  'get /jobs/{job}/model-calls': { answers: target },

  // Who reads what is of its own permission; how far its migration is, of the targets'.
  'get /lineage': {
    query: '?dataset=acme.user_data.users_v1',
    answers: [
      '403',
      '200 mine',
      '200 mine',
      `200 ${inCampaign}`,
      `200 ${inCampaign} foreign`,
      `200 ${inCampaign} foreign`,
    ],
  },
  'get /lineage/datasets': {
    answers: ['403', ...same('200').slice(1)] as Answers,
  },
  'get /lineage/columns': {
    query: '?dataset=acme.user_data.users_v1&column=user_id',
    answers: ['403', ...same('200').slice(1)] as Answers,
  },
  'get /lineage/providers': {
    answers: ['403', ...same('200').slice(1)] as Answers,
  },
  'post /lineage/refresh': { answers: act('204') },
};
