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
      'select user_id, sk.name from `acme.sk_ant.users_v1` -- basic stats\nhttps://guide.example.com/a:b@c\n';
    expect(createRedact()(code)).toBe(code);
  });
});
