import fc from 'fast-check';
import { LineageEdge, LineageNode } from '@skein/plugin-campaigns-common';
import { BareGraph, PictureView } from '../types';

export function aJob(id: string, values: Partial<LineageNode> = {}) {
  return { id, kind: 'job', name: id, title: id, depth: 1, ...values } as const;
}

export function aDataset(id: string, values: Partial<LineageNode> = {}) {
  return { ...aJob(id, values), kind: 'dataset' as const };
}

export function anEdge(from: string, to: string): LineageEdge {
  return { from, to, providers: ['p'], lastSeenAt: '2026-11-20T00:00:00Z' };
}

/** One by one, two levels, nothing opened. */
export function aView(values: Partial<PictureView> = {}): PictureView {
  return {
    levels: 2,
    grouping: 'none',
    everything: false,
    opened: new Set(),
    closed: new Set(),
    openedGroups: new Set(),
    revealed: new Set(),
    ...values,
  };
}

const names = ['root', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const someNames = fc.subarray(names).map(ids => new Set(ids));

/** Graphs with cycles, parts that hang nowhere, and edges to what is not there. */
export const graphs: fc.Arbitrary<BareGraph> = fc
  .record({
    kinds: fc.array(fc.constantFrom('dataset' as const, 'job' as const), {
      minLength: names.length,
      maxLength: names.length,
    }),
    owners: fc.array(fc.constantFrom('x', 'y', undefined), {
      minLength: names.length,
      maxLength: names.length,
    }),
    pairs: fc.array(
      fc.tuple(
        fc.constantFrom(...names, 'elsewhere'),
        fc.constantFrom(...names, 'elsewhere'),
      ),
      { maxLength: 30 },
    ),
  })
  .map(({ kinds, owners, pairs }) => ({
    root: 'root',
    nodes: names.map((id, index) => ({
      id,
      kind: kinds[index],
      ownerRef: owners[index],
    })),
    edges: pairs.map(([from, to]) => ({ from, to })),
  }));

/** Anything that a person may have clicked together. */
export const views: fc.Arbitrary<PictureView> = fc.record(
  {
    levels: fc.nat(4),
    grouping: fc.constantFrom('none' as const, 'team' as const),
    everything: fc.boolean(),
    opened: someNames,
    closed: someNames,
    openedGroups: fc
      .subarray(['team/1/job/x', 'team/1/job/', 'team/2/dataset/y'])
      .map(ids => new Set(ids)),
    revealed: someNames,
    matched: someNames,
  },
  {
    requiredKeys: [
      'levels',
      'grouping',
      'everything',
      'opened',
      'closed',
      'openedGroups',
      'revealed',
    ],
  },
);
