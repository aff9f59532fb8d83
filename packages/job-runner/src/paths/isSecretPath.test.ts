import { isSecretPath } from './isSecretPath';

describe('isSecretPath', () => {
  it.each([
    '.env',
    'app/.env.production',
    '.envrc',
    'deploy/server.pem',
    'id_rsa',
    '.ssh/id_ed25519',
    '.netrc',
    '.aws/credentials',
    'conf/Service-Account-prod.json',
    'secrets.yaml',
    'infra/terraform.tfstate',
    'A/B/.ENV',
  ])('knows %s by its name', path => {
    expect(isSecretPath(path)).toBe(true);
  });

  it.each([
    '.env.example',
    'id_rsa.pub',
    'models/secrets_by_day.sql',
    'models/environment.sql',
    'src/key.ts',
    'keys.sql',
    'credentials.py',
  ])('lets %s be read', path => {
    expect(isSecretPath(path)).toBe(false);
  });
});
