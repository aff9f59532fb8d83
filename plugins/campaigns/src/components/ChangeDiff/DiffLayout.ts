export type DiffLayout = 'split' | 'unified';
