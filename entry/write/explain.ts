import type { Proved } from '../../templates/index.ts';
import { proxyProved, type ProxyFile } from '../../templates/proxy.ts';

/** What each statement is for and which exceptions it makes, what was left out, and what was proved. */
export function explain({ documents, leftOut, proved }: Proved): string {
  const lines = documents.flatMap(({ name, hangsOn, characters, quota, parts }) => [
    `${name} (${hangsOn}), ${characters} of ${quota.most} ${quota.of}`, ...parts.flatMap((part) => [`  ${String(part.statement['Sid'])}: ${part.does}`, ...(part.exceptions ?? []).map((one) => `    ${part.statement['Effect'] === 'Allow' ? 'exception:' : 'except'} ${one}`)]), '',
  ]);
  return [...lines, ...section('Left out', leftOut), ...section('Proved', proved)].join('\n');
}

/** What each proxy lets through and where to, and what was proved. */
export const explainProxy = (files: readonly ProxyFile[]): string =>
  [...files.flatMap(({ name, text, does }) => [`${name}, ${text.length} characters`, ...does.map((one) => `  ${one}`), '']), ...section('Proved', proxyProved)].join('\n');

const section = (title: string, items: readonly string[]): string[] => items.length === 0 ? [] : [`${title}:`, ...items.map((one) => `  ${one}`), ''];
