import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Pages with tables are slow in jsdom, the more so beside other tests; a test
// waits on conditions, so this only bounds how long a failure takes.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 15_000 });

// jsdom has no layout; the lineage graph only needs the class to exist.
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
