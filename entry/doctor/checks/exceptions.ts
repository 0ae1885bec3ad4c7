import type { Exception } from '../../../core/definition.ts';
import type { Check } from '../check.ts';
import { problem, warning } from '../finding.ts';

const DAY = 24 * 60 * 60 * 1000;
const SOON = 30;

export const exceptions: Check = {
  id: 'exceptions',
  title: 'No exception has expired or is about to',
  run: ({ definition, now }) => Promise.resolve(definition.exceptions.flatMap((exception) => {
    // It holds through the day that it names (UTC).
    const days = (Date.parse(`${exception.expires}T00:00:00Z`) - Math.floor(now / DAY) * DAY) / DAY;
    if (days < 0) return [problem(`the exception of ${named(exception)} expired on ${exception.expires}: the rule finds the resource again`, ...next(exception))];
    return days > SOON ? [] : [warning(`the exception of ${named(exception)} expires ${days === 0 ? 'today' : `in ${days} day${days === 1 ? '' : 's'}, on ${exception.expires}`}`, ...next(exception))];
  })),
};

const named = ({ rule, resource }: Exception): string => `${rule} for ${resource}`;
const next = ({ owner, reason }: Exception): readonly string[] => [`ask ${owner} whether it is still needed (“${reason}”): write a later day under \`expires\`, or take the exception out`];
