/** Why a file cannot be read, with what to do. */
export function unreadable(file: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT': case 'ENOTDIR': return `there is no file \`${file}\`; give its path from the folder you are in, or the whole path`;
    case 'EISDIR': return `\`${file}\` is a folder; name a file in it`;
    case 'EACCES': case 'EPERM': return `you may not read \`${file}\`; let its owner permit it, or name a copy that you may read`;
    default: return `cannot read \`${file}\`: ${message}`;
  }
}
