import { renderHook, waitFor } from '@testing-library/react';
import { useGrowingList } from './useGrowingList';

function items(from: number, count: number) {
  return Array.from({ length: count }, (_, index) => ({
    id: `${from + index}`,
  }));
}

describe('useGrowingList', () => {
  it('begins with a few, and comes to hold all in their order', async () => {
    const seen: number[] = [];
    const all = items(0, 100);
    const { result } = renderHook(() => {
      const shown = useGrowingList(all);
      seen.push(shown.length);
      return shown;
    });

    await waitFor(() => expect(result.current).toEqual(all));
    expect(seen[0]).toBe(25);
  });

  it('keeps what is there when the list is read again or one comes in', async () => {
    const { result, rerender } = renderHook(
      ({ list }) => useGrowingList(list),
      { initialProps: { list: items(0, 60) } },
    );
    await waitFor(() => expect(result.current).toHaveLength(60));

    rerender({ list: [{ id: 'new' }, ...items(0, 60)] });

    expect(result.current).toHaveLength(61);
  });
});
