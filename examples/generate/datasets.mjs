import { project } from './words.mjs';

const path = (alias, column) => (alias ? `${alias}.${column}` : column);

/** A column that keeps its value under another name. */
const renamed = to => alias => path(alias, to);
const kept = column => renamed(column);

/**
 * The two deprecated datasets, with the old value of each column as an
 * expression over the new table. It says what `../campaigns/mappings` says; a
 * test holds the two together.
 */
export const datasets = {
  users: {
    key: 'users',
    campaign: 'retire-users-v1',
    from: 'users_v1',
    to: 'users_v2',
    aliases: ['u', 'usr', 'users', 'acc', 'l'],
    id: 'user_id',
    columns: {
      user_id: a => `CAST(${path(a, 'user_identifier')} AS INT64)`,
      username: renamed('handle'),
      country: a => `UPPER(${path(a, 'address.country_code')})`,
      city: renamed('address.city'),
      birth_year: a => `EXTRACT(YEAR FROM ${path(a, 'date_of_birth')})`,
      plan: renamed('subscription.tier'),
      is_premium: a =>
        `IFNULL(${path(a, 'subscription.tier')} != 'free', FALSE)`,
      signup_date: a => `DATE(${path(a, 'registered_at')})`,
      'device.os': renamed('device.operating_system'),
      'device.model': kept('device.model'),
      email: kept('email'),
      locale: kept('locale'),
      is_active: kept('is_active'),
      updated_at: kept('updated_at'),
    },
    outputs: {
      username: ['username', 'handle_name'],
      country: ['country', 'market', 'home_country'],
      city: ['city', 'town'],
      birth_year: ['birth_year', 'year_of_birth'],
      plan: ['plan', 'current_plan'],
      is_premium: ['is_premium', 'is_paying'],
      signup_date: ['signup_date', 'joined_on'],
      'device.os': ['os', 'last_os'],
      'device.model': ['model', 'last_model'],
      locale: ['locale', 'listener_locale'],
    },
    conditions: [
      column => column('is_active'),
      column => `${column('country')} IN ('SE', 'NO', 'DK')`,
      column => `${column('plan')} != 'free'`,
      column => `NOT ${column('is_premium')}`,
      column => `${column('signup_date')} >= DATE '2025-01-01'`,
      column => `${column('device.os')} = 'ios'`,
      column => `${column('city')} IS NOT NULL`,
    ],
    personDecides: ['gender', 'marketing_segment'],
  },
  sessions: {
    key: 'sessions',
    campaign: 'retire-sessions-v1',
    from: 'sessions_v1',
    to: 'sessions_v2',
    aliases: ['s', 'ses', 'sessions', 'ls'],
    id: 'user_id',
    columns: {
      session_id: kept('session_id'),
      user_id: a => `CAST(${path(a, 'user_identifier')} AS INT64)`,
      started_at: renamed('session_start'),
      ended_at: renamed('session_end'),
      duration_seconds: a => `DIV(${path(a, 'duration_ms')}, 1000)`,
      event_count: renamed('interaction_count'),
      platform: kept('platform'),
      app_version: kept('app_version'),
      is_offline: kept('is_offline'),
      'device.os': renamed('client.os_name'),
      'device.os_version': renamed('client.os_version'),
      'device.model': renamed('client.device_model'),
      'geo.country': a => `UPPER(${path(a, 'location.country_code')})`,
      'geo.city': renamed('location.city'),
    },
    outputs: {
      started_at: ['started_at', 'session_started_at'],
      duration_seconds: ['seconds', 'session_seconds'],
      event_count: ['event_count', 'interactions'],
      platform: ['platform', 'surface'],
      app_version: ['app_version', 'version'],
      'device.os': ['os', 'device_os'],
      'device.model': ['model', 'device_model'],
      'geo.country': ['country', 'session_country'],
      'geo.city': ['city', 'session_city'],
    },
    conditions: [
      column => `${column('duration_seconds')} > 30`,
      column => `${column('geo.country')} = 'BR'`,
      column => `${column('platform')} IN ('web', 'desktop')`,
      column => `DATE(${column('started_at')}) >= DATE '2026-01-01'`,
      column => `NOT ${column('is_offline')}`,
      column => `${column('event_count')} > 1`,
    ],
    personDecides: ['referrer'],
  },
};

/**
 * How a text reads a dataset: `old` as it is today, `new` as a careful engineer
 * would leave it.
 *
 * @returns `table`, its short name; `column(alias, name)`, the old value as an expression
 */
export function readAs(dataset, version) {
  return version === 'new'
    ? {
        table: dataset.to,
        column: (alias, name) => dataset.columns[name](alias),
      }
    : { table: dataset.from, column: (alias, name) => path(alias, name) };
}

/** The name of a table in one of the ways in which teams write it. */
export function tableName(style, schemaAndTable) {
  const [schema, table] = schemaAndTable.split('.');
  return [
    `\`${project}.${schema}.${table}\``,
    `\`${project}\`.${schema}.${table}`,
    `\`${project}\`.\`${schema}\`.\`${table}\``,
  ][style.quotes];
}
