export interface UploadedFile {
  /** As the browser gives it: without folders, mostly. */
  name: string;
  text: string;
}

export interface AssignedFiles {
  /** A new campaign file, where one was among them. */
  yaml?: string;
  /** By the path that the campaign file gives. */
  files: Record<string, string>;
  /** Names that the campaign file does not mention. */
  unknown: string[];
}

/** Puts uploaded files where the campaign file expects them, by their last part. */
export function assignFiles(
  uploaded: UploadedFile[],
  namedBy: (yaml: string) => string[],
  currentYaml: string,
): AssignedFiles {
  const campaign = uploaded.find(({ text }) =>
    /^\s*kind:\s*['"]?Campaign\b/m.test(text),
  );
  const named = namedBy(campaign?.text ?? currentYaml);
  const files: Record<string, string> = {};
  const unknown: string[] = [];
  for (const file of uploaded) {
    if (file === campaign) continue;
    const path = named.find(name => baseName(name) === baseName(file.name));
    if (path === undefined) unknown.push(file.name);
    else files[path] = file.text;
  }
  return { yaml: campaign?.text, files, unknown };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
