import Database from 'better-sqlite3';
import { Table } from './Table';

interface Row {
  id: number;
  name: string;
  tags: string[];
  open: boolean;
  size?: number;
}

describe('Table', () => {
  const columns = {
    name: 'text',
    tags: 'json',
    open: 'boolean',
    size: 'integer',
  } as const;

  it('gives rows back as they were put in', () => {
    const table = new Table<Row>(new Database(':memory:'), 'rows', columns);
    const row = table.insert({ name: "a'b", tags: ['x'], open: false });
    expect(table.get(row.id)).toEqual({
      id: 1,
      name: "a'b",
      tags: ['x'],
      open: false,
      size: undefined,
    });
    table.insert({ id: 7, name: 'c', tags: [], open: true, size: 3 });
    expect(table.find({ size: undefined }).map(({ id }) => id)).toEqual([1]);
    expect(table.find({ id: [1, 7], open: true })).toHaveLength(1);
    expect(table.update(7, { size: undefined }).size).toBeUndefined();
    expect(table.delete({ name: 'c' })).toBe(1);
    expect(() => table.require(7)).toThrow('There is no row 7 in rows');
  });

  it('takes on a field that an older database lacks', () => {
    const database = new Database(':memory:');
    const { size, ...older } = columns;
    const before = new Table<Omit<Row, 'size'>>(database, 'rows', older);
    before.insert({ name: 'a', tags: [], open: true });
    const after = new Table<Row>(database, 'rows', columns);
    expect(after.update(1, { size: 5 })).toMatchObject({ name: 'a', size: 5 });
  });
});
