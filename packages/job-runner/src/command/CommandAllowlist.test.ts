import fc from 'fast-check';
import { CommandAllowlist } from './CommandAllowlist';

const allowlist = new CommandAllowlist([
  ['make', 'lint'],
  ['dbt', 'parse', '--select', '*'],
  ['sh', 'scripts/*.sh'],
  ['tool', '--out=*'],
]);

describe('CommandAllowlist', () => {
  it.each([
    ['make lint'],
    ['dbt parse --select users+'],
    ['dbt parse --select models/users.sql'],
    ['sh scripts/fix.sh'],
    ['sh scripts/sub/fix.sh'],
    ['tool --out=target/x'],
  ])('allows %s', command => {
    expect(allowlist.problemOf(command.split(' '))).toBeUndefined();
  });

  it.each([
    ['make'],
    ['make lint all'],
    ['make LINT'],
    ['/usr/bin/make lint'],
    ['dbt parse --select --profiles-dir=/'],
    ['dbt parse --select /etc/passwd'],
    ['dbt parse --select ../other'],
    ['dbt parse --select a/../../b'],
    ['sh scripts/../x.sh'],
    ['sh scripts/..'],
    ['sh scripts/a;b.sh'],
    ['sh scripts/$(id).sh'],
    ['tool --out=/etc/cron.d/x'],
    ['tool --out=..'],
  ])('refuses %s', command => {
    expect(allowlist.problemOf(command.split(' '))).toContain('not allowed');
  });

  it('allows nothing beyond its words', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 5 }), command => {
        const exact = new CommandAllowlist([['git', 'status']]);
        const allowed = exact.problemOf(command) === undefined;
        expect(allowed).toBe(
          JSON.stringify(command) === JSON.stringify(['git', 'status']),
        );
      }),
    );
  });

  it('never lets a wildcard out of the folder, or start an option', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('..', '/', '-', 'a', '.', '=', ':')),
        parts => {
          const word = parts.join('');
          const any = new CommandAllowlist([['x', '*']]);
          fc.pre(any.problemOf(['x', word]) === undefined);
          expect(word).not.toMatch(/^[-/]|(^|[/=:,])\.\.(\/|$)|[=:,]\//);
        },
      ),
    );
  });
});
