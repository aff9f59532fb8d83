/** Whether a value that was read from JSON is nested deeper than a bound; without recursion, whatever its depth. */
export function isTooDeep(value: object, bound: number): boolean {
  let level: object[] = [value];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > bound) return true;
    const next: object[] = [];
    for (const each of level) {
      for (const child of Object.values(each)) {
        if (typeof child === 'object' && child !== null) next.push(child);
      }
    }
    level = next;
  }
  return false;
}
