import { useEffect, useRef, useState } from 'react';
import { LineageArranger } from '../../lineage/LineageArranger';
import { startArrangeWorker } from '../../lineage/startArrangeWorker';
import {
  BareGraph,
  Picture,
  PictureView,
  emptyPicture,
} from '../../lineage/types';

/** The picture of a view; the one before it until it is arranged. */
export function usePicture(graph: BareGraph, view: PictureView): Picture {
  const [picture, setPicture] = useState(emptyPicture);
  const arranger = useRef<LineageArranger>();
  useEffect(() => {
    const current = LineageArranger.create(graph, startArrangeWorker);
    arranger.current = current;
    return () => current.close();
  }, [graph]);
  useEffect(() => {
    arranger.current?.arrange(view, setPicture);
  }, [graph, view]);
  return picture;
}
