import fc from 'fast-check';
import { createRedact } from './redact';

const letters = (count: number) => 'aB3'.repeat(count).slice(0, count);

describe('createRedact', () => {
  it.each([
    ['a key of the model', `sk-ant-api03-${letters(40)}`],
    ['a token of GitHub', `ghs_${letters(36)}`],
    ['a fine-grained one', `github_pat_${letters(60)}`],
    ['a token of GitLab', `glpat-${letters(20)}`],
    ['a token of Slack', `xoxb-${letters(24)}`],
    ['a key of AWS', 'AKIAIOSFODNN7EXAMPLE'],
    ['a key of Google', `AIza${letters(35)}`],
    ['a token of npm', `npm_${letters(36)}`],
    ['a signed token', `eyJ${letters(20)}.eyJ${letters(30)}.${letters(40)}`],
    [
      'a private key',
      `-----BEGIN RSA PRIVATE KEY-----\n${letters(
        60,
      )}\n-----END RSA PRIVATE KEY-----`,
    ],
    [
      'a private key that was cut',
      `-----BEGIN PRIVATE KEY-----\n${letters(60)}`,
    ],
  ])('takes out %s', (_, secret) => {
    expect(createRedact()(`before ${secret}`)).toBe('before [redacted]');
  });

  it('takes out what files that hold secrets hold: .env, .npmrc, .netrc, credentials of AWS, an account of a service', () => {
    const redact = createRedact();
    const secret = letters(40);
    for (const [before, after] of [
      ['HOST=db.example\nDB_PASSWORD=', '\nMODE=fast'],
      ['export MAIL_API_KEY="', '"\n'],
      ['//registry.example.com/:_authToken=', '\n'],
      ['machine example.com login bot password ', '\n'],
      ['[default]\naws_secret_access_key = ', '\n'],
      [
        '{"private_key": "-----BEGIN PRIVATE KEY-----\\n',
        '\\n-----END PRIVATE KEY-----\\n"}',
      ],
    ]) {
      const text = redact(`${before}${secret}${after}`);
      expect(text).toContain('[redacted]');
      expect(text).not.toContain(secret);
    }
  });

  it('takes as long as a text is long, whatever the text', () => {
    const redact = createRedact();
    const MEGABYTE = 1024 ** 2;
    for (const part of [
      'eyJaaaaaaaa-',
      '-----BEGIN ',
      '-----BEGIN PRIVATE KEY-----',
      '-----END PRIVATE ',
      '://a:',
      '://aaaaaaaa:bbbb',
      'A_TOKEN_',
      '\nA_TOKEN=',
      'machine a login ',
      'Bearer ',
      '_auth=',
      'AKIA',
      'sk-',
    ]) {
      const text = part.repeat(MEGABYTE / part.length);
      const before = process.cpuUsage();
      redact(text);
      const { user } = process.cpuUsage(before);
      expect([part, user < 1_000_000]).toEqual([part, true]);
    }
  });

  it('takes out what stands behind Bearer, and passwords in addresses', () => {
    const redact = createRedact();
    expect(redact(`Authorization: Bearer ${letters(30)}`)).toBe(
      'Authorization: Bearer [redacted]',
    );
    expect(redact('https://bot:hunter22@example.com/x')).toBe(
      'https://bot:[redacted]@example.com/x',
    );
  });

  it('takes out what it is given, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, maxLength: 60 }),
        fc.string(),
        fc.string(),
        (secret, before, after) => {
          const text = createRedact([secret])(`${before}${secret}${after}`);
          // The word that takes its place could hold it only by chance.
          fc.pre(!'[redacted]'.includes(secret));
          expect(text).not.toContain(secret);
        },
      ),
    );
  });

  it('leaves code as it is', () => {
    const code =
      'select user_id, sk.name from `acme.sk_ant.users_v1` -- basic stats\nhttps://guide.example.com/a:b@c\nPASSWORD=os.environ["DB_PASSWORD"]\nTOKEN=$(cat token)\nAPI_KEY={{ env_var(1) }}\nNEXT_TOKEN = page.token\n';
    expect(createRedact()(code)).toBe(code);
  });
});
