import { plural } from '../../report/lines.ts';
import type { Applied } from '../apply.ts';
import type { Removed } from '../destroy.ts';
import { failingTable } from './lines.ts';

/** How a deployment ended. */
export function appliedText({ done, failing, error, notBegun }: Applied): string {
  const changed = done.filter(({ change }) => change !== 'unchanged');
  return [
    ...changed.length === 0 ? [] : [`${changed.map(({ what, change }) => `${change}: ${what}`).join('\n')}\n`],
    ...endText(failing, error, notBegun, 'deploy apply'),
    ...error === undefined && failing.length === 0 ? [changed.length === 0 ? 'Nothing had to be changed: everything stands as it should.\n' : 'Deployed: everything stands as it should.\n'] : [],
  ].join('\n');
}

/** How a removal ended. */
export function removedText({ removed, failing, error, notBegun, kept }: Removed): string {
  return [
    ...removed.length === 0 ? [] : [`${removed.map((one) => `removed: ${one}`).join('\n')}\n`],
    ...endText(failing, error, notBegun, 'deploy destroy'),
    ...error === undefined && failing.length === 0 ? [`Removed. What is left on purpose:\n${kept.map((one) => `  ${one}\n`).join('')}`] : [],
  ].join('\n');
}

function endText(failing: Applied['failing'], error: Applied['error'], notBegun: readonly string[], command: string): readonly string[] {
  const isWhole = failing.length === 0 && error === undefined;
  return isWhole ? [] : [
    ...failing.length === 0 ? [] : [`NOT AS THEY SHOULD BE: ${plural(failing.length, 'stack')} of ${plural(new Set(failing.map(({ account }) => account)).size, 'account')}\n${failingTable(failing)}`],
    ...error === undefined ? [] : [`FAILED: ${error.phase}\n${error.message.split('\n').map((line) => `  ${line}\n`).join('')}`],
    ...notBegun.length === 0 ? [] : [`Not begun: ${notBegun.join('; ')}.\n`],
    `Not everything is done. Mend what is named above and run \`perimeter ${command}\` again: it goes on from here.\n`,
  ];
}
