import { ReactFlowState, useStoreApi } from '@xyflow/react';

type Store = ReturnType<typeof useStoreApi>;

/**
 * Calls back once now, and when the picture is moved or its frame grows: once a
 * frame at most, without rendering anything.
 *
 * @returns ends it
 */
export function watchViewport(
  store: Store,
  onFrame: (state: ReactFlowState) => void,
): () => void {
  let frame = 0;
  const ask = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      onFrame(store.getState());
    });
  };
  ask();
  const unsubscribe = store.subscribe((now, before) => {
    const same =
      now.transform === before.transform &&
      now.width === before.width &&
      now.height === before.height;
    if (!same) ask();
  });
  return () => {
    unsubscribe();
    cancelAnimationFrame(frame);
  };
}
