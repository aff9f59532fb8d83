import fc from 'fast-check';
import { normalizeDatasetName } from './normalizeDatasetName';

describe('normalizeDatasetName', () => {
  it.each([
    ['`acme.user_data.users_v1`', 'acme.user_data.users_v1'],
    ['`acme`.`user_data`.`users_v1`', 'acme.user_data.users_v1'],
    ['`acme.user_data`.users_v1', 'acme.user_data.users_v1'],
    ['"ACME"."USER_DATA"."USERS_V1"', 'acme.user_data.users_v1'],
    ['[acme:user_data.users_v1]', 'acme.user_data.users_v1'],
    ['example.com:acme.user_data.users', 'example.com.acme.user_data.users'],
    ['example.com:acme:user_data.users', 'example.com.acme.user_data.users'],
    ['user_data.Users_V1', 'user_data.users_v1'],
    ['acme.logs.events_20240131', 'acme.logs.events_*'],
    ['acme.logs.events_2024*', 'acme.logs.events_*'],
    ['acme.logs.events_202401*', 'acme.logs.events_*'],
    ['acme.logs.events_*', 'acme.logs.events_*'],
    ['acme.logs.events_intraday_*', 'acme.logs.events_intraday_*'],
    ['acme.logs.events_20241331', 'acme.logs.events_20241331'],
    ['acme.logs.events_1234', 'acme.logs.events_1234'],
    ['acme.logs.events$20240131', 'acme.logs.events'],
    ['acme.logs.events@-3600000', 'acme.logs.events'],
    ['acme.logs.events@2024-01-01T00:00:00', 'acme.logs.events'],
    ['acme.user_data.sessions_v1', 'acme.user_data.sessions_v1'],
    ['acme.user_data.sessions_v1_20260131', 'acme.user_data.sessions_v1_*'],
    ['acme.logs.my table', 'acme.logs.my table'],
    ['s3://Lake/Users/day=2024-01-31/hour=7', 's3://lake/users'],
    ['gs://lake/users/2024-01-31/', 'gs://lake/users'],
    [
      'postgres://dwh:5432/Crm.public.users',
      'postgres://dwh:5432/crm.public.users',
    ],
    ['s3://2024-01-31', 's3://2024-01-31'],
    ['legacy/app.users', 'legacy/app.users'],
    ['a.b:c/', 'a.b.c'],
    ['s3://lake/{{ day }}', ''],
    ['a\ud800.\u0000b', 'a.b'],
    [`a.${'\u{1F600}'.repeat(300)}`, ''],
    ['acme.logs.{{ table }}', ''],
    // eslint-disable-next-line no-template-curly-in-string
    ['${project}.logs.events', ''],
    ['  ``  ', ''],
    ['..', ''],
    ['', ''],
  ])('%s is %s', (name, expected) => {
    expect(normalizeDatasetName(name)).toBe(expected);
  });

  it('is stable: a normal name is its own', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.stringMatching(/^[`"a-zA-Z0-9_.:*$@ -]{0,40}$/),
        ),
        name => {
          const normal = normalizeDatasetName(name);
          expect(normalizeDatasetName(normal)).toBe(normal);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is one for all the ways to write a name', () => {
    const part = fc.stringMatching(/^[a-z][a-z0-9_]{0,10}$/);
    const date = fc
      .date({
        min: new Date('1980'),
        max: new Date('2090'),
        noInvalidDate: true,
      })
      .map(each => each.toISOString().slice(0, 10).replaceAll('-', ''));
    fc.assert(
      fc.property(part, part, part, date, (project, dataset, table, day) => {
        const spellings = (name: string) => [
          `${project}.${dataset}.${name}`,
          `\`${project}.${dataset}.${name}\``,
          `\`${project}\`.\`${dataset}\`.\`${name}\``,
          `${project}:${dataset}.${name}`,
          `[${project}:${dataset}.${name}]`,
          `${project.toUpperCase()}.${dataset}.${name}`,
        ];
        for (const name of [table, `${table}_${day}`, `${table}_*`]) {
          expect(new Set(spellings(name).map(normalizeDatasetName)).size).toBe(
            1,
          );
        }
        expect(normalizeDatasetName(`${dataset}.${table}_${day}`)).toBe(
          normalizeDatasetName(`${dataset}.${table}_${day.slice(0, 6)}*`),
        );
      }),
    );
  });
});
