import fc from 'fast-check';
import { graphs, views } from './__testUtils__/graphs';
import { arrangeLineage } from './arrangeLineage';
import { Step, stepToBox } from './stepToBox';
import { Picture, PictureBox } from './types';

function box(id: string, x: number, y: number): PictureBox {
  return {
    id,
    kind: 'job',
    column: x,
    x,
    y,
    members: [id],
    hidden: 0,
    open: false,
    passedBy: false,
  };
}

const picture: Picture = {
  boxes: [
    box('root', 0, 50),
    box('high', 1, 0),
    box('middle', 1, 60),
    box('low', 1, 200),
    box('far', 2, 0),
  ],
  edges: [
    { from: 'root', to: 'high' },
    { from: 'root', to: 'middle' },
    { from: 'root', to: 'low' },
    { from: 'low', to: 'far' },
  ],
};

describe('stepToBox', () => {
  it.each<[string, Step, string]>([
    ['root', 'downstream', 'middle'],
    ['middle', 'upstream', 'root'],
    ['middle', 'above', 'high'],
    ['middle', 'below', 'low'],
    ['low', 'downstream', 'far'],
    ['far', 'first', 'root'],
    ['high', 'above', 'high'],
    ['high', 'downstream', 'high'],
    ['gone', 'below', 'root'],
  ])('from %s, %s leads to %s', (from, step, to) => {
    expect(stepToBox(picture, from, step)).toBe(to);
  });

  it('always leads to a box of the picture', () => {
    const steps: Step[] = ['downstream', 'upstream', 'above', 'below', 'first'];
    fc.assert(
      fc.property(
        graphs,
        views,
        fc.array(fc.constantFrom(...steps)),
        (graph, view, way) => {
          const arranged = arrangeLineage(graph)(view);
          const known = arranged.boxes.map(({ id }) => id);
          let at = known[0];
          for (const step of way) at = stepToBox(arranged, at, step);
          expect(known).toContain(at);
        },
      ),
    );
  });
});
