export interface BindOptions {
  defaultProject?: string;
  caseSensitive: boolean;
  /** Whether the text of a name stands somewhere in the file. */
  mentions(file: string, name: string): boolean;
}
