export const project = 'meridian-data';

export const subjects = [
  'playlist',
  'artist',
  'concert',
  'merch',
  'radio',
  'audiobook',
  'lyrics',
  'queue',
  'search',
  'library',
  'family-plan',
  'student',
  'podcast',
  'car',
  'speaker',
  'offline',
  'onboarding',
  'trial',
  'winback',
  'gift-card',
  'release-radar',
  'video',
  'live-audio',
  'moderation',
  'localization',
  'invoice',
  'campaign',
  'label',
  'royalty',
  'web-player',
];

export const nouns = [
  'report',
  'export',
  'features',
  'daily',
  'audience',
  'funnel',
  'scores',
  'alerts',
  'metrics',
  'sync',
  'summary',
  'retention',
  'cohorts',
  'forecast',
  'quality',
  'dashboard',
];

/** Teams of the catalog, each with the GitHub names of two of its people and its schema. */
export const teams = [
  { name: 'data-platform', people: ['tomas-vega', 'mei-tanaka'] },
  { name: 'insights', people: ['hannah-okafor', 'luca-moretti'] },
  { name: 'podcast-analytics', people: ['ben-adeyemi', 'clara-dubois'] },
  { name: 'ads-data', people: ['raj-patel', 'nora-kelly'] },
  { name: 'subscriptions', people: ['elif-demir', 'jonas-weber'] },
  { name: 'finance-data', people: ['grace-liu', 'omar-haddad'] },
  { name: 'personalization', people: ['anna-kowalska', 'diego-ramos'] },
  { name: 'growth', people: ['felix-berg', 'yara-silva'] },
];

/** Tables beside the deprecated ones; their columns of the same name never change. */
export const factTables = [
  {
    table: 'listening.plays_v3',
    aliases: ['p', 'plays', 'pl'],
    time: 'played_at',
    measure: 'ms_played',
    columns: ['country', 'kind', 'device.os'],
  },
  {
    table: 'ads.impressions',
    aliases: ['i', 'imp', 'ad'],
    time: 'shown_at',
    measure: 'booked_impressions',
    columns: ['country', 'campaign_id'],
  },
  {
    table: 'billing.payments',
    aliases: ['pay', 'b', 'bp'],
    time: 'paid_at',
    measure: 'amount_eur',
    columns: ['provider', 'status', 'plan'],
  },
  {
    table: 'telemetry.playback_errors',
    aliases: ['e', 'err', 'pe'],
    time: 'occurred_at',
    measure: 'stall_ms',
    columns: ['kind', 'device.os', 'device.model'],
  },
];

export const schedules = [
  '0 4 * * *',
  '30 5 * * *',
  '15 * * * *',
  '0 6 * * 1',
  '@daily',
  '10 2 1 * *',
];
