import { arrangeLineage } from './arrangeLineage';
import { ArrangeAnswer, ArrangeRequest } from './LineageArranger';
import { Picture, PictureView } from './types';

let arrange: ((view: PictureView) => Picture) | undefined;

// The entry of a worker: it answers each view with a picture, in turn.
self.onmessage = ({ data }: MessageEvent<ArrangeRequest>) => {
  if ('graph' in data) {
    arrange = arrangeLineage(data.graph);
    return;
  }
  const answer: ArrangeAnswer = {
    turn: data.turn,
    picture: arrange!(data.view),
  };
  self.postMessage(answer);
};
