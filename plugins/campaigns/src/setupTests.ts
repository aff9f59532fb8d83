import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Pages with tables are slow in jsdom, the more so on a busy machine; a test
// waits on conditions, so this only bounds how long a failure takes.
configure({ asyncUtilTimeout: 300_000 });

// jsdom has no layout; the lineage graph only needs the class to exist.
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
