import { arrangeLineage } from './arrangeLineage';
import { BareGraph, Picture, PictureView } from './types';

/** What the worker is sent: a graph once, then views of it. */
export type ArrangeRequest =
  | { graph: BareGraph }
  | { turn: number; view: PictureView };

/** What it answers to a view. */
export interface ArrangeAnswer {
  turn: number;
  picture: Picture;
}

/** Makes the worker; throws where there are none. */
export type StartWorker = () => Worker;

/**
 * Arranges a graph away from the page, in a worker of its own. Where a worker
 * cannot be had, or does not load, the page does it itself.
 */
export class LineageArranger {
  readonly #graph: BareGraph;
  #worker?: Worker;
  #inPage?: (view: PictureView) => Picture;
  #turn = 0;
  #waiting?: {
    turn: number;
    view: PictureView;
    onPicture: (picture: Picture) => void;
  };

  private constructor(graph: BareGraph) {
    this.#graph = graph;
  }

  static create(graph: BareGraph, startWorker: StartWorker): LineageArranger {
    const arranger = new LineageArranger(graph);
    arranger.#start(startWorker);
    return arranger;
  }

  /** Calls back with the picture of this view, unless another is asked for meanwhile. */
  arrange(view: PictureView, onPicture: (picture: Picture) => void): void {
    this.#turn += 1;
    this.#waiting = { turn: this.#turn, view, onPicture };
    if (this.#worker) {
      const request: ArrangeRequest = { turn: this.#turn, view };
      this.#worker.postMessage(request);
    } else {
      this.#arrangeInPage();
    }
  }

  /** Ends the worker; nothing is called back any more. */
  close(): void {
    this.#waiting = undefined;
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #start(startWorker: StartWorker) {
    try {
      this.#worker = startWorker();
    } catch {
      return;
    }
    this.#worker.onmessage = ({ data }: MessageEvent<ArrangeAnswer>) =>
      this.#answer(data);
    // The policy of a portal may forbid the worker, or its file may be gone after an update.
    this.#worker.onerror = () => {
      this.#worker?.terminate();
      this.#worker = undefined;
      this.#arrangeInPage();
    };
    const request: ArrangeRequest = { graph: this.#graph };
    this.#worker.postMessage(request);
  }

  #arrangeInPage() {
    if (!this.#waiting) return;
    const { turn, view } = this.#waiting;
    this.#inPage ??= arrangeLineage(this.#graph);
    this.#answer({ turn, picture: this.#inPage(view) });
  }

  #answer({ turn, picture }: ArrangeAnswer) {
    if (this.#waiting?.turn !== turn) return;
    const { onPicture } = this.#waiting;
    this.#waiting = undefined;
    onPicture(picture);
  }
}
