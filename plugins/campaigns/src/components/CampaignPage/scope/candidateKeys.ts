import { TargetAction } from '../../../states/targetActions';

/** What a key decides, while the focus is on a candidate. */
export function actionOfKey(key: string): TargetAction | undefined {
  if (key === 'i') return 'include';
  return key === 'o' ? 'skip' : undefined;
}

/** The tick that an arrow key leads to, from whatever of a candidate has the focus. */
export function neighbourOf(
  list: HTMLElement,
  event: { key: string; target: EventTarget },
): HTMLElement | undefined {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const item = (event.target as Element).closest('li[data-id]');
  if (step === undefined || !item) return undefined;
  const items = [...list.querySelectorAll('li[data-id]')];
  return (
    items[items.indexOf(item) + step]?.querySelector<HTMLElement>(
      'input[type=checkbox]',
    ) ?? undefined
  );
}
