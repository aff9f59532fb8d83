import fc from 'fast-check';
import {
  aDataset,
  aJob,
  aView,
  anEdge,
  graphs,
  views,
} from './__testUtils__/graphs';
import { arrangeLineage } from './arrangeLineage';
import { boxHeight, boxWidth } from './layoutBoxes';
import { Picture } from './types';

/** root -> a -> d -> e, and root -> b, c */
const small = {
  root: 'root',
  nodes: [
    aDataset('root'),
    aJob('a'),
    aJob('b'),
    aJob('c'),
    aDataset('d'),
    aJob('e'),
  ],
  edges: [
    anEdge('root', 'a'),
    anEdge('root', 'b'),
    anEdge('root', 'c'),
    anEdge('a', 'd'),
    anEdge('d', 'e'),
  ],
};

/** A root with this many readers of two teams. */
function star(readers: number) {
  const jobs = Array.from({ length: readers }, (_, index) =>
    aJob(`${index}`, {
      ownerRef: index % 3 ? 'group:default/x' : 'group:default/y',
    }),
  );
  return {
    root: 'root',
    nodes: [aDataset('root'), ...jobs],
    edges: jobs.map(({ id }) => anEdge('root', id)),
  };
}

function ids({ boxes }: Picture): string[] {
  return boxes.map(({ id }) => id);
}

function boxOf({ boxes }: Picture, id: string) {
  return boxes.find(box => box.id === id)!;
}

describe('arrangeLineage', () => {
  it('shows the first levels, and how much is hidden behind each box', () => {
    const picture = arrangeLineage(small)(aView());

    expect(ids(picture)).toEqual(['root', 'a', 'b', 'c', 'd']);
    expect(boxOf(picture, 'd')).toMatchObject({ hidden: 1, open: false });
    expect(boxOf(picture, 'root')).toMatchObject({ hidden: 0, open: true });
  });

  it('opens and closes one box after the other', () => {
    const arrange = arrangeLineage(small);

    expect(ids(arrange(aView({ opened: new Set(['d']) })))).toContain('e');
    const closed = arrange(aView({ closed: new Set(['a']) }));
    expect(ids(closed)).toEqual(['root', 'a', 'b', 'c']);
    expect(boxOf(closed, 'a').hidden).toBe(1);
  });

  it('shows a dozen of many readers until they are asked for', () => {
    const arrange = arrangeLineage(star(40));

    const picture = arrange(aView());
    expect(picture.boxes).toHaveLength(13);
    expect(boxOf(picture, 'root').hidden).toBe(28);
    expect(arrange(aView({ opened: new Set(['root']) })).boxes).toHaveLength(
      41,
    );
    expect(arrange(aView({ everything: true })).boxes).toHaveLength(41);
  });

  it('makes one box of a team, and opens it again', () => {
    const arrange = arrangeLineage(star(30));

    const grouped = arrange(aView({ grouping: 'team' }));
    expect(grouped.boxes.map(box => box.members.length)).toEqual([1, 10, 20]);
    const [, y] = grouped.boxes;
    expect(y.groupKey).toBe('group:default/y');

    const opened = arrange(
      aView({ grouping: 'team', openedGroups: new Set([y.id]) }),
    );
    expect(opened.boxes).toHaveLength(12);
    expect(boxOf(opened, '0').memberOf).toBe(y.id);
  });

  it('takes out of a group what was jumped to', () => {
    const picture = arrangeLineage(star(30))(
      aView({ grouping: 'team', revealed: new Set(['3']) }),
    );

    expect(boxOf(picture, '3').members).toEqual(['3']);
    expect(picture.boxes.map(box => box.members.length).sort()).toEqual(
      [1, 1, 20, 9].sort(),
    );
  });

  it('leaves what a filter finds and the way there', () => {
    const picture = arrangeLineage(small)(
      aView({ levels: 9, matched: new Set(['e', 'b']) }),
    );

    expect(ids(picture).sort()).toEqual(['a', 'b', 'd', 'e', 'root']);
    expect(
      picture.boxes.filter(box => box.passedBy).map(box => box.id),
    ).toEqual(['root', 'a', 'd']);
  });

  it('places what reads a dataset to its right, what writes it to its left', () => {
    const nodes = Array.from({ length: 901 }, (_, index) =>
      index ? aJob(`${index}`) : aDataset('0'),
    );
    const edges = nodes
      .slice(1)
      .map((_, index) =>
        index % 2 ? anEdge(`${index + 1}`, '0') : anEdge('0', `${index + 1}`),
      );
    for (const count of [11, 901]) {
      const picture = arrangeLineage({
        root: '0',
        nodes: nodes.slice(0, count),
        edges,
      })(aView({ everything: true }));
      expect(boxOf(picture, '1').x).toBeGreaterThan(boxOf(picture, '0').x);
      expect(boxOf(picture, '2').x).toBeLessThan(boxOf(picture, '0').x);
    }
  });

  it('holds each node at most once, has no loose line, and lays no box over another', () => {
    fc.assert(
      fc.property(graphs, views, (graph, view) => {
        const { boxes, edges } = arrangeLineage(graph)(view);
        const members = boxes.flatMap(box => box.members);

        expect(new Set(members).size).toBe(members.length);
        expect(members).toContain('root');
        const known = new Set(boxes.map(({ id }) => id));
        expect(
          edges.filter(({ from, to }) => !known.has(from) || !known.has(to)),
        ).toEqual([]);
        expect(overlaps({ boxes, edges })).toEqual([]);
      }),
    );
  });

  it('lays no box over another, however many there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 250, max: 420 }), readers => {
        const picture = arrangeLineage(star(readers))(
          aView({ everything: true }),
        );
        expect(overlaps(picture)).toEqual([]);
      }),
      { numRuns: 5 },
    );
  });
});

/** Pairs of boxes of which one lies over the other. */
function overlaps({ boxes }: Picture): string[] {
  const found: string[] = [];
  for (let one = 0; one < boxes.length; one++) {
    for (let two = one + 1; two < boxes.length; two++) {
      const apart =
        Math.abs(boxes[one].x - boxes[two].x) >= boxWidth ||
        Math.abs(boxes[one].y - boxes[two].y) >= boxHeight;
      if (!apart) found.push(`${boxes[one].id} over ${boxes[two].id}`);
    }
  }
  return found;
}
