import { FolderView } from '../types';

/** For tests: a folder as verifiers see it. */
export function folderView(options: {
  files: Record<string, string>;
  folder?: string;
  executable?: string[];
  /** In the work tree beside the files. */
  workTree?: string[];
  programs?: string[];
}): FolderView {
  const { files, executable = [], programs = [], workTree = [] } = options;
  return {
    folder: options.folder ?? '',
    names: new Set(Object.keys(files)),
    read: name => files[name],
    isExecutable: name => executable.includes(name),
    inWorkTree: path => {
      const name = path.replace(/^\.\//, '');
      return name in files || workTree.includes(name);
    },
    hasProgram: name => programs.includes(name),
  };
}
