import { generateKeyPairSync, randomBytes } from 'crypto';
import fs from 'fs';
import path from 'path';
import { StartError } from '../StartError';

/** Made once per state folder; good for this machine's portal and forge alone. */
export interface Secrets {
  /** With it this script calls the portal. */
  portalToken: string;
  /** Signs the forge's webhooks. */
  webhookSecret: string;
  /** With it this script fills the development forge, and gets tokens for its users. */
  forgeToken: string;
  /** The GitHub App's key, PEM. */
  appPrivateKey: string;
}

/** Reads the secrets, or makes them. */
export function loadSecrets(file: string): Secrets {
  if (fs.existsSync(file)) return readSecrets(file);
  const secrets: Secrets = {
    portalToken: randomBytes(32).toString('hex'),
    webhookSecret: randomBytes(32).toString('hex'),
    forgeToken: randomBytes(32).toString('hex'),
    appPrivateKey: generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    }).privateKey,
  };
  fs.mkdirSync(path.dirname(file), { recursive: true });
  // Written whole or not at all: half a file would lock the state out.
  const temporary = `${file}.${process.pid}`;
  fs.writeFileSync(temporary, JSON.stringify(secrets, undefined, 2), {
    mode: 0o600,
  });
  fs.renameSync(temporary, file);
  return secrets;
}

function readSecrets(file: string): Secrets {
  try {
    const secrets = JSON.parse(fs.readFileSync(file, 'utf8'));
    const names = [
      'portalToken',
      'webhookSecret',
      'forgeToken',
      'appPrivateKey',
    ];
    if (names.every(name => typeof secrets[name] === 'string')) return secrets;
  } catch {
    // Said below.
  }
  throw new StartError(
    `${file} cannot be read as the secrets of a former start: begin again with npm start -- --fresh.`,
  );
}
