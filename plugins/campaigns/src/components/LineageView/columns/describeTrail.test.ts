import {
  LineageColumnGraph,
  LineageNode,
} from '@skein/plugin-campaigns-common';
import { describeTrail } from './describeTrail';

const node = (
  id: string,
  kind: LineageNode['kind'],
  title: string,
): LineageNode => ({ id, kind, name: title, title, depth: 1 });
const seen = { providers: ['dbt'], lastSeenAt: '2026-11-21T12:00:00Z' };

const graph: LineageColumnGraph = {
  root: '1 email',
  columns: [
    { id: '1 email', nodeId: '1', column: 'email', depth: 0 },
    { id: '2 mail', nodeId: '2', column: 'mail', depth: 1 },
    { id: '3 ', nodeId: '3', depth: 2 },
  ],
  edges: [
    { from: '2 mail', to: '3 ', jobId: '5', uses: ['filter'], ...seen },
    { from: '1 email', to: '2 mail', jobId: '4', uses: [], ...seen },
    { from: '1 email', jobId: '5', uses: [], ...seen, stale: true },
  ],
  nodes: [
    node('1', 'dataset', 'users'),
    node('2', 'dataset', 'contacts'),
    node('3', 'dataset', 'report'),
    node('4', 'job', 'daily'),
    node('5', 'job', 'weekly'),
  ],
  truncated: false,
};

describe('describeTrail', () => {
  it('says what becomes of a column, and by which job', () => {
    expect(
      describeTrail(graph).map(({ what, how, depth }) => [depth, what, how]),
    ).toEqual([
      [1, 'contacts.mail', 'by daily'],
      [1, 'read', 'by weekly, may hold no more'],
      [2, 'all of report', 'filter, by weekly'],
    ]);
  });

  it('says nothing of a column that goes nowhere', () => {
    expect(
      describeTrail({ columns: [], edges: [], nodes: [], truncated: false }),
    ).toEqual([]);
  });
});
