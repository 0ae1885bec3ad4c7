import type { Proved } from '../../templates/index.ts';

/** What each statement is for and which exceptions it makes, what was left out, and what was proved. */
export function explain({ documents, leftOut, proved }: Proved): string {
  const lines = documents.flatMap(({ name, hangsOn, characters, quota, parts }) => [
    `${name} (${hangsOn}), ${characters} of ${quota.most} ${quota.of}`, ...parts.flatMap((part) => [`  ${String(part.statement['Sid'])}: ${part.does}`, ...(part.exceptions ?? []).map((one) => `    except ${one}`)]), '',
  ]);
  return [...lines, ...section('Left out', leftOut), ...section('Proved', proved)].join('\n');
}

const section = (title: string, items: readonly string[]): string[] => items.length === 0 ? [] : [`${title}:`, ...items.map((one) => `  ${one}`), ''];
