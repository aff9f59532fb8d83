import {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import {
  AuthenticationError,
  InputError,
  NotAllowedError,
} from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { lineageReportPermission } from '@skein/plugin-campaigns-common';
import { createHash, timingSafeEqual } from 'crypto';
import { Request } from 'express';

const LEAST_KEY_LENGTH = 16;

/** Who sends events. */
export interface EventSender {
  /** The name of its key, or the subject of a service. */
  name: string;
}

/** Lets in who has a key of the configuration, or a service with a token of Backstage's. */
export class EventAuthenticator {
  readonly #keys: Array<{ name: string; digest: Buffer }>;
  readonly #httpAuth: HttpAuthService;
  readonly #permissions: PermissionsService;

  private constructor(
    keys: Array<{ name: string; digest: Buffer }>,
    services: { httpAuth: HttpAuthService; permissions: PermissionsService },
  ) {
    this.#keys = keys;
    this.#httpAuth = services.httpAuth;
    this.#permissions = services.permissions;
  }

  /** @throws InputError where a key is too short to be a secret */
  static fromConfig(
    config: Config,
    services: { httpAuth: HttpAuthService; permissions: PermissionsService },
  ): EventAuthenticator {
    const keys =
      config.getOptionalConfigArray('campaigns.openlineage.apiKeys') ?? [];
    return new EventAuthenticator(
      keys.map(each => {
        const name = each.getString('name');
        const key = each.getString('key');
        if (key.length < LEAST_KEY_LENGTH) {
          throw new InputError(
            `campaigns.openlineage.apiKeys: the key of '${name}' is shorter than ${LEAST_KEY_LENGTH} characters`,
          );
        }
        return { name, digest: digestOf(key) };
      }),
      services,
    );
  }

  /**
   * @throws AuthenticationError where no valid key or token is sent
   * @throws NotAllowedError where a service may not report lineage
   */
  async authenticate(request: Request): Promise<EventSender> {
    const [, token] =
      /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (!token) {
      throw new AuthenticationError(
        'Send a key of campaigns.openlineage.apiKeys, or the token of a service, as a bearer token',
      );
    }
    const digest = digestOf(token);
    // All are compared, so that the time says nothing of any.
    const [known] = this.#keys.filter(key =>
      timingSafeEqual(key.digest, digest),
    );
    return known ? { name: known.name } : this.#authenticateService(request);
  }

  async #authenticateService(request: Request): Promise<EventSender> {
    const credentials = await this.#httpAuth
      .credentials(request, { allow: ['service'] })
      .catch(() => undefined);
    if (credentials?.principal.type !== 'service') {
      throw new AuthenticationError(
        'This is no key of campaigns.openlineage.apiKeys, nor the token of a service',
      );
    }
    const [{ result }] = await this.#permissions.authorize(
      [{ permission: lineageReportPermission }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `'${credentials.principal.subject}' may not report lineage`,
      );
    }
    return { name: credentials.principal.subject };
  }
}

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
