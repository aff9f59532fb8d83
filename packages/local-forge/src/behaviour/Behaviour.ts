import { InputError } from '@backstage/errors';
import { seededRandom } from './random';

/** How often something goes wrong: the next so many times, then at a rate from 0 to 1. */
export interface Mishap {
  next: number;
  rate: number;
}

export interface BehaviourSettings {
  /** Seeds every draw; setting it starts the draws again. */
  seed: number;
  /** Milliseconds added to every API request. */
  latencyMs: number;
  serverErrors: Mishap & {
    status: number;
    /** Whether the request took effect before the error: both happen at GitHub. */
    when: 'before' | 'after';
    /** Only requests whose `METHOD /path` contains this text. */
    match: string;
  };
  /** Requests each identity has in a window; `status` is what is answered at zero. */
  primaryLimit: { limit: number; windowSeconds: number; status: 403 | 429 };
  graphqlLimit: number;
  searchLimit: number;
  codeSearchLimit: number;
  /** 100 concurrent, 900 points a minute, 80 and 500 content-creating requests a minute and an hour. */
  secondaryLimits: boolean;
  webhooks: { lose: Mishap; duplicate: Mishap; reorder: Mishap };
}

/** A part of the settings, at any depth. */
export type BehaviourPatch = {
  [K in keyof BehaviourSettings]?: BehaviourSettings[K] extends object
    ? {
        [L in keyof BehaviourSettings[K]]?: BehaviourSettings[K][L] extends object
          ? Partial<BehaviourSettings[K][L]>
          : BehaviourSettings[K][L];
      }
    : BehaviourSettings[K];
};

function defaults(): BehaviourSettings {
  return {
    seed: 1,
    latencyMs: 0,
    serverErrors: { next: 0, rate: 0, status: 502, when: 'before', match: '' },
    primaryLimit: { limit: 15000, windowSeconds: 3600, status: 403 },
    graphqlLimit: 15000,
    searchLimit: 30,
    codeSearchLimit: 10,
    secondaryLimits: false,
    webhooks: {
      lose: { next: 0, rate: 0 },
      duplicate: { next: 0, rate: 0 },
      reorder: { next: 0, rate: 0 },
    },
  };
}

/** What the forge is told to do badly. Draws are the same for the same seed and calls. */
export class Behaviour {
  private settings = defaults();
  private random = seededRandom(1);

  get current(): Readonly<BehaviourSettings> {
    return this.settings;
  }

  /** @throws InputError when a setting is unknown or of another type */
  set(patch: BehaviourPatch): void {
    this.settings = merge(
      this.settings as unknown as Tree,
      patch as Tree,
      '',
    ) as unknown as BehaviourSettings;
    if (patch.seed !== undefined) {
      this.random = seededRandom(patch.seed);
    }
  }

  reset(): void {
    this.settings = defaults();
    this.random = seededRandom(this.settings.seed);
  }

  /** Whether the request is to fail, and how. */
  serverError(
    request: string,
  ): { status: number; when: 'before' | 'after' } | undefined {
    const { match, status, when } = this.settings.serverErrors;
    if (!request.includes(match) || !this.draw(this.settings.serverErrors)) {
      return undefined;
    }
    return { status, when };
  }

  webhook(mishap: keyof BehaviourSettings['webhooks']): boolean {
    return this.draw(this.settings.webhooks[mishap]);
  }

  private draw(mishap: Mishap): boolean {
    if (mishap.next > 0) {
      mishap.next -= 1;
      return true;
    }
    return mishap.rate > 0 && this.random() < mishap.rate;
  }
}

interface Tree {
  [key: string]: Tree | string | number | boolean | undefined;
}

function merge(base: Tree, patch: Tree, where: string): Tree {
  const result: Tree = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined) {
      continue;
    }
    const old = Object.hasOwn(base, key) ? base[key] : undefined;
    if (old === undefined || typeof old !== typeof value || value === null) {
      throw new InputError(
        `"${where}${key}" is not a behaviour that takes ${JSON.stringify(
          value,
        )}`,
      );
    }
    result[key] =
      typeof old === 'object'
        ? merge(old, value as Tree, `${where}${key}.`)
        : value;
  }
  return result;
}
