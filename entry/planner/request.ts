/** What a runbook's step asks of the planner, read and held to its shape; every value is text, as Automation's StringMap holds it. */
export type Request = RunRequest & (
  | { readonly op: 'plan'; readonly mode: 'Plan' | 'Apply'; readonly approved: string | undefined }
  | { readonly op: 'precheck' | 'verify' }
  | { readonly op: 'plan-rollback'; readonly undo: string; readonly force: boolean; readonly holdDays: number }
);
export interface RunRequest { readonly remediation: string; readonly resourceId: string; readonly executionId: string }
export type Of<Op extends Request['op']> = Extract<Request, { op: Op }>;

export class BadRequest extends Error { override name = 'BadRequest' }

const anyText = /^.{1,256}$/;
const execution = /^[\w-]{1,64}$/;
/** Ten years: who holds a resource for longer has an exception to enter. */
const LONGEST_HOLD = 3650;

/** Throws BadRequest naming the field that is wrong. */
export function readRequest(event: Readonly<Record<string, unknown>>): Request {
  const left = new Set(Object.keys(event));
  const field = (name: string, pattern: RegExp): string => {
    left.delete(name);
    const value = event[name];
    if (typeof value !== 'string') throw new BadRequest(`\`${name}\` is missing or not text`);
    if (!pattern.test(value)) throw new BadRequest(`\`${name}\` is \`${value}\`, which does not fit \`${pattern.source}\``);
    return value;
  };
  const read = (): Request => {
    const run = { remediation: field('remediation', anyText), resourceId: field('resourceId', anyText), executionId: field('executionId', execution) };
    const op = field('op', /^(plan|precheck|verify|plan-rollback)$/) as Request['op'];
    switch (op) {
      case 'plan': {
        const approved = field('approvedPlanSha256', /^(none|[0-9a-f]{64})$/);
        return { ...run, op, mode: field('mode', /^(Plan|Apply)$/) as 'Plan' | 'Apply', approved: approved === 'none' ? undefined : approved };
      }
      case 'plan-rollback': {
        const holdDays = Number(field('holdDays', /^\d{1,4}$/));
        if (holdDays < 1 || holdDays > LONGEST_HOLD) throw new BadRequest(`\`holdDays\` is \`${holdDays}\`, not 1 to ${LONGEST_HOLD}`);
        return { ...run, op, undo: field('undo', execution), force: field('force', /^(true|false)$/) === 'true', holdDays };
      }
      case 'precheck': case 'verify': return { ...run, op };
    }
  };
  const request = read();
  const [unknown] = left;
  if (unknown !== undefined) throw new BadRequest(`\`${unknown}\` is unknown to the operation \`${request.op}\``);
  return request;
}
