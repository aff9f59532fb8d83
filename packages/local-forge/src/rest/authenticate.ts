import { createHash } from 'node:crypto';
import { decodeJwt, importSPKI, jwtVerify } from 'jose';
import { Actor } from '../domain/Actor';
import { ApiError } from '../domain/ApiError';
import type { Forge } from '../domain/Forge';

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * Who stands behind an Authorization header: a token as Bearer, token or Basic
 * password, or the signed statement of a GitHub App.
 *
 * @throws ApiError 401 when the credentials are wrong or have run out
 */
export async function authenticate(
  forge: Forge,
  header: string | undefined,
): Promise<Actor> {
  if (!header) {
    return { kind: 'anonymous' };
  }
  const [scheme, ...rest] = header.split(' ');
  let credentials = rest.join(' ').trim();
  if (/^basic$/i.test(scheme)) {
    const pair = Buffer.from(credentials, 'base64').toString();
    const colon = pair.indexOf(':');
    credentials =
      pair.slice(colon + 1) === 'x-oauth-basic' || colon === pair.length - 1
        ? pair.slice(0, colon)
        : pair.slice(colon + 1);
  } else if (!/^(bearer|token)$/i.test(scheme)) {
    throw badCredentials();
  }
  if (/^bearer$/i.test(scheme) && credentials.split('.').length === 3) {
    return authenticateApp(forge, credentials);
  }
  return authenticateToken(forge, credentials);
}

function badCredentials(): ApiError {
  return new ApiError(401, 'Bad credentials');
}

function authenticateToken(forge: Forge, token: string): Actor {
  const { store } = forge;
  const row = store.tokens.findOne({ hash: hashToken(token) });
  if (!row || (row.expiresAt && Date.parse(row.expiresAt) <= Date.now())) {
    throw badCredentials();
  }
  if (row.userId !== undefined) {
    return { kind: 'user', account: store.accounts.require(row.userId) };
  }
  const installation = store.installations.get(row.installationId ?? 0);
  if (!installation) {
    throw badCredentials();
  }
  const app = store.apps.require(installation.appId);
  return {
    kind: 'installation',
    app,
    installation,
    account: store.accounts.require(app.botId),
    repositoryIds: row.repositoryIds,
    permissions: row.permissions ?? app.permissions,
  };
}

async function authenticateApp(forge: Forge, jwt: string): Promise<Actor> {
  let issuer: string | undefined;
  try {
    issuer = String(decodeJwt(jwt).iss);
  } catch {
    throw new ApiError(401, 'A JSON web token could not be decoded');
  }
  const id = Number(issuer.replace(/^Iv1\.local/, ''));
  const app = Number.isInteger(id) ? forge.store.apps.get(id) : undefined;
  if (!app) {
    throw new ApiError(401, 'Integration not found');
  }
  let expires: number;
  try {
    const { payload } = await jwtVerify(
      jwt,
      await importSPKI(app.publicKey, 'RS256'),
      {
        algorithms: ['RS256'],
        requiredClaims: ['iat', 'exp'],
        clockTolerance: 60,
      },
    );
    expires = payload.exp!;
  } catch (error) {
    throw new ApiError(
      401,
      (error as { code?: string }).code === 'ERR_JWT_EXPIRED'
        ? "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"
        : 'A JSON web token could not be decoded',
    );
  }
  if (expires * 1000 > Date.now() + 11 * 60_000) {
    throw new ApiError(
      401,
      "'Expiration time' claim ('exp') is too far in the future",
    );
  }
  return { kind: 'app', app };
}
