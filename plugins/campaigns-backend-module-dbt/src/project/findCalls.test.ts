import fc from 'fast-check';
import { findCalls, findConfig } from './findCalls';

describe('findCalls', () => {
  it.each([
    [`{{ ref('a') }}`, [{ name: 'a' }]],
    [`{{ref( "a" )}}`, [{ name: 'a' }]],
    [`{{ ref('pkg', 'a') }}`, [{ package: 'pkg', name: 'a' }]],
    [`{{ ref("a", v=2) }}`, [{ name: 'a', version: '2' }]],
    [
      `{{ ref('pkg', "a", version='3.1') }}`,
      [{ package: 'pkg', name: 'a', version: '3.1' }],
    ],
    [`{{ builtins.ref('a') }}`, [{ name: 'a' }]],
    [`{% set t = ref('a') %}{{ ref("b") }}`, [{ name: 'a' }, { name: 'b' }]],
    [
      `{% if x %}{{ ref('a') }}{% else %}{{ ref('b') }}{% endif %}`,
      [{ name: 'a' }, { name: 'b' }],
    ],
    [`{{ ref(\n  'a'\n) }}`, [{ name: 'a' }]],
    [`df = dbt.ref("a")`, [{ name: 'a' }]],
    [`-- depends_on: {{ ref('a') }}`, [{ name: 'a' }]],
    [`{# {{ ref('a') }} #}{{ ref('b') }}`, [{ name: 'b' }]],
    [`{#- unclosed {{ ref('a') }}`, []],
    [`{{ ref(model_name) }}`, []],
    [`{{ ref('a' ~ suffix) }}`, []],
    [`{{ my_ref('a') }}{{ x.ref('a') }}`, []],
    [`{{ ref() }}`, []],
  ])('reads %s', (text, refs) => {
    expect(findCalls(text)).toEqual({
      refs: refs.map(ref => expect.objectContaining(ref)),
      sources: [],
    });
  });

  it('reads sources with two plain names alone', () => {
    expect(
      findCalls(
        `{{ source('a', "b") }} {{ source('a') }} {{ source(x, 'b') }} {{ dbt.source("c","d") }}`,
      ).sources,
    ).toEqual([
      { source: 'a', table: 'b' },
      { source: 'c', table: 'd' },
    ]);
  });

  it('takes any text', () => {
    const piece = fc.constantFrom(
      'ref(',
      'source(',
      "'a'",
      '"b"',
      ',',
      ')',
      '{#',
      '#}',
      '{{',
      '}}',
      ' ',
      'v=',
      '1',
      '\n',
      '\\',
      'config(',
      'alias=',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 50 }).map(all => all.join('')),
        text => {
          for (const { name } of findCalls(text).refs) {
            expect(text).toContain(name);
          }
          expect(findConfig(text).size).toBeLessThanOrEqual(1);
        },
      ),
    );
    expect(findCalls('ref( '.repeat(200_000)).refs).toEqual([]);
    expect(findCalls('{#'.repeat(200_000)).refs).toEqual([]);
    expect(findConfig('config( '.repeat(100_000)).size).toBe(0);
  });
});

describe('findConfig', () => {
  it('reads plain settings, whatever stands between them', () => {
    expect(
      Object.fromEntries(
        findConfig(
          `{{ config(materialized='table', alias = "users",
             partition_by={'field': 'day', 'data_type': 'date'},
             schema=target.schema, database='acme') }} select alias='no'`,
        ),
      ),
    ).toEqual({ materialized: 'table', alias: 'users', database: 'acme' });
  });
});
