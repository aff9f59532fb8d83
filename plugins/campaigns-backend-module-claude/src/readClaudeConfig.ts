import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { ModelDefaults } from '@skein/plugin-campaigns-node';

/** A key, and whose calls are made with it. @public */
export interface ClaudeKey {
  apiKey: string;
  campaign?: string;
  /** Entity ref. */
  owner?: string;
}

/** What the configuration says of Claude; `config.d.ts` describes it. @public */
export interface ClaudeSettings {
  /** In the order in which they are looked through. */
  keys: ClaudeKey[];
  baseURL: string;
  /** For people; undefined names Claude and the host. */
  title?: string;
  defaults: ModelDefaults;
  idleMilliseconds: number;
}

/**
 * Reads `campaigns.claude`.
 *
 * @throws InputError where a key is for nobody
 */
export function readClaudeConfig(root: Config): ClaudeSettings {
  const config = root.getOptionalConfig('campaigns.claude');
  const general = config?.getOptionalString('apiKey');
  const thinking = config?.getOptionalString('thinking');
  return {
    keys: [
      ...(config?.getOptionalConfigArray('keys') ?? []).map(readKey),
      ...(general ? [{ apiKey: general }] : []),
    ],
    baseURL:
      config?.getOptionalString('baseURL') ?? 'https://api.anthropic.com',
    title: config?.getOptionalString('title'),
    defaults: {
      model: config?.getOptionalString('model') ?? 'claude-opus-5-5',
      maxTokens: config?.getOptionalNumber('maxTokens') ?? 16_000,
      effort: config?.getOptionalString('effort'),
      thinking: thinking === undefined ? undefined : { type: thinking },
    },
    idleMilliseconds: config?.has('idleTimeout')
      ? durationToMilliseconds(
          readDurationFromConfig(config, { key: 'idleTimeout' }),
        )
      : 5 * 60_000,
  };
}

function readKey(entry: Config, index: number): ClaudeKey {
  const campaign = entry.getOptionalString('campaign');
  const owner = entry.getOptionalString('owner');
  if (!campaign && !owner) {
    throw new InputError(
      `'campaigns.claude.keys[${index}]' is for nobody: give it a campaign or an owner`,
    );
  }
  return {
    apiKey: entry.getString('apiKey'),
    campaign,
    owner:
      owner &&
      stringifyEntityRef(parseEntityRef(owner, { defaultKind: 'group' })),
  };
}
