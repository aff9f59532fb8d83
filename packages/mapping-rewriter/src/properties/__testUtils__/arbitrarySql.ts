import fc from 'fast-check';

const column = fc.constantFrom(
  'email',
  'user_id',
  'id',
  'city',
  'device.os',
  'full_name',
  'age',
  'gender',
  'score',
  'items',
  'name',
);
const table = fc.constantFrom(
  'user_data.users_v1',
  '`meridian-data.user_data.users_v1`',
  '`meridian-data`.user_data.sessions_v1',
  'shop.orders',
  "{{ ref('users_v1') }}",
  "{{ source('user_data', 'users_v1') }}",
);

const qualified = fc
  .tuple(fc.constantFrom('', 'u.', 'o.', 'a.'), column)
  .map(([alias, name]) => alias + name);

const expression = fc.letrec<{ node: string; leaf: string }>(tie => ({
  leaf: fc.oneof(
    { weight: 5, arbitrary: qualified },
    fc.constantFrom('1', "'email'", 'NULL', '@p', "{{ var('x') }}"),
  ),
  node: fc.oneof(
    { maxDepth: 2 },
    tie('leaf'),
    fc
      .tuple(
        tie('node'),
        fc.constantFrom(' + ', ' = ', ' || ', ' AND '),
        tie('node'),
      )
      .map(parts => parts.join('')),
    tie('node').map(x => `LOWER(${x})`),
    tie('node').map(x => `CASE WHEN ${x} THEN 1 ELSE ${x} END`),
    tie('node').map(x => `STRUCT(${x})`),
  ),
})).node;

const item = fc
  .tuple(expression, fc.constantFrom('', ' AS email', ' AS x', ' y'))
  .map(parts => parts.join(''));
const items = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(item, { minLength: 1, maxLength: 4 })
      .map(list => list.join(', ')),
  },
  fc.constantFrom('*', 'u.*', '* EXCEPT (email)', '*, LOWER(email) AS e'),
);
const from = fc
  .tuple(
    table,
    fc.constantFrom('', ' u', ' AS u'),
    fc.option(
      fc.tuple(
        table,
        fc.constantFrom(
          ' USING (email)',
          ' ON u.user_id = o.user_id',
          ' ON TRUE',
        ),
      ),
    ),
  )
  .map(
    ([first, alias, join]) =>
      `${first}${alias}${join ? ` JOIN ${join[0]} o${join[1]}` : ''}`,
  );
const tail = fc.constantFrom(
  '',
  ' WHERE email > 1',
  ' GROUP BY email',
  ' ORDER BY u.email',
  ' QUALIFY ROW_NUMBER() OVER (PARTITION BY email ORDER BY user_id) = 1',
  ' -- email of user_data.users_v1\n',
);
const select = fc
  .tuple(items, from, tail)
  .map(([list, source, end]) => `SELECT ${list}\nFROM ${source}${end}`);
const query = fc.oneof(
  select,
  fc.tuple(select, select).map(([a, b]) => `${a}\nUNION ALL\n${b}`),
  fc
    .tuple(select, items)
    .map(([a, list]) => `WITH a AS (\n${a}\n)\nSELECT ${list} FROM a`),
  fc.tuple(select, items).map(([a, list]) => `SELECT ${list} FROM (${a}) u`),
  select.map(a => `CREATE TABLE ds.t AS ${a}`),
  select.map(a => `INSERT INTO user_data.users_v1 (email) ${a}`),
  select.map(a => `{% if x %}${a}{% endif %}`),
);

/** Statements that look like what people write, with the old table and columns among them. */
export const arbitraryScript = fc
  .array(query, { minLength: 1, maxLength: 3 })
  .map(list => list.join(';\n'));

/** Text of any kind, with the marks that tokenizers stumble over. */
export const arbitraryNoise = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'SELECT ',
        ' FROM ',
        'user_data.users_v1',
        ' email',
        '(',
        ')',
        '[',
        ']',
        '{{',
        '}}',
        '{%',
        '%}',
        '{#',
        '#}',
        "'",
        '"',
        '"""',
        '`',
        '--',
        '/*',
        '*/',
        '\n',
        '\r\n',
        ';',
        ',',
        '.',
        '*',
        ' WITH a AS (',
        ' JOIN ',
        ' USING (',
        'CASE ',
        ' END ',
        '\\',
        '$',
        '${',
        '<<EOF\n',
        '😀',
        '\u0000',
        '\uE000',
        "ref('users_v1')",
        ' UNNEST(',
        '|>',
        '::',
        ' AS ',
        ' OVER (',
      ),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 60 },
  )
  .map(parts => parts.join(''));
