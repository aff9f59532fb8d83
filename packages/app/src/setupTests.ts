import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A test waits on conditions, so this only bounds how long a failure takes.
configure({ asyncUtilTimeout: 300_000 });
