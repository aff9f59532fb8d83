import { aDataset, aJob, aView, anEdge } from './__testUtils__/graphs';
import {
  ArrangeAnswer,
  ArrangeRequest,
  LineageArranger,
} from './LineageArranger';
import { arrangeLineage } from './arrangeLineage';
import { Picture } from './types';

const graph = {
  root: 'root',
  nodes: [aDataset('root'), aJob('a')],
  edges: [anEdge('root', 'a')],
};

/** A worker that answers when the test says so. */
class WorkerInHand {
  onmessage?: (event: { data: ArrangeAnswer }) => void;
  onerror?: () => void;
  readonly requests: ArrangeRequest[] = [];
  ended = false;

  postMessage(request: ArrangeRequest) {
    this.requests.push(request);
  }

  terminate() {
    this.ended = true;
  }

  answer(index: number) {
    const request = this.requests[index];
    if (!('view' in request)) throw new Error('That was the graph');
    const picture = arrangeLineage(graph)(request.view);
    this.onmessage?.({ data: { turn: request.turn, picture } });
  }
}

function arrangerWith(worker: WorkerInHand) {
  return LineageArranger.create(graph, () => worker as unknown as Worker);
}

describe('LineageArranger', () => {
  it('has the worker arrange, and gives the newest view alone', () => {
    const worker = new WorkerInHand();
    const arranger = arrangerWith(worker);
    const pictures: Picture[] = [];

    arranger.arrange(aView({ levels: 0 }), it => pictures.push(it));
    arranger.arrange(aView({ levels: 1 }), it => pictures.push(it));
    worker.answer(1);
    worker.answer(2);

    expect(pictures.map(({ boxes }) => boxes.length)).toEqual([2]);
  });

  it('arranges in the page where no worker can be had', () => {
    const arranger = LineageArranger.create(graph, () => {
      throw new Error('Worker is not defined');
    });
    const onPicture = jest.fn();

    arranger.arrange(aView(), onPicture);

    expect(onPicture.mock.calls[0][0].boxes).toHaveLength(2);
  });

  it('arranges in the page what a worker that does not load was asked for', () => {
    const worker = new WorkerInHand();
    const arranger = arrangerWith(worker);
    const onPicture = jest.fn();
    arranger.arrange(aView(), onPicture);

    worker.onerror?.();

    expect(onPicture.mock.calls[0][0].boxes).toHaveLength(2);
    expect(worker.ended).toBe(true);
  });

  it('is silent once it is closed', () => {
    const worker = new WorkerInHand();
    const arranger = arrangerWith(worker);
    const onPicture = jest.fn();
    arranger.arrange(aView(), onPicture);

    arranger.close();
    worker.answer(1);

    expect(onPicture).not.toHaveBeenCalled();
    expect(worker.ended).toBe(true);
  });
});
