/** A report names files within the target; a patch and the forge within the repository. */
export function pathInRepository(targetPath: string, file: string): string {
  if (!targetPath || file.startsWith(`${targetPath}/`)) return file;
  return `${targetPath}/${file}`;
}
