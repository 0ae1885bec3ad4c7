/**
 * What AWS Config sends a rule's function, read and held to its shape.
 * https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html
 */
export interface RuleEvent {
  readonly ruleId: string;
  readonly accountId: string;
  readonly configRuleName: string;
  readonly resultToken: string;
  readonly eventLeftScope: boolean;
  readonly message: Message;
}

export type Message =
  | { readonly kind: 'change'; readonly identity: Identity; readonly item: Record<string, unknown> }
  | { readonly kind: 'oversized'; readonly identity: Identity }
  | { readonly kind: 'scheduled'; readonly time: Date };

/** Who an item is about: all that a resource which is gone still has. */
export interface Identity {
  readonly accountId: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly status: string;
  readonly captureTime: Date;
}

export class BadEvent extends Error { override name = 'BadEvent' }

type Fields = Record<string, unknown>;

/** Throws BadEvent naming the field that is wrong. */
export function readEvent(event: unknown): RuleEvent {
  const fields = object(event, 'the event');
  const parameters = ruleParameters(fields['ruleParameters']);
  const left = fields['eventLeftScope'] ?? false;
  if (typeof left !== 'boolean') throw new BadEvent('`eventLeftScope` is not true or false');
  return {
    ruleId: parameters,
    accountId: text(fields, 'accountId'),
    configRuleName: text(fields, 'configRuleName'),
    resultToken: text(fields, 'resultToken'),
    eventLeftScope: left,
    message: message(object(json(text(fields, 'invokingEvent'), '`invokingEvent`'), '`invokingEvent`')),
  };
}

/** Config hands over InputParameters as text, and leaves it out or empty where a rule has none. */
function ruleParameters(written: unknown): string {
  const next = 'give the rule the input parameter `ruleId`';
  if (written === undefined || written === null || written === '') throw new BadEvent(`\`ruleParameters\` is missing or empty; ${next}`);
  if (typeof written !== 'string') throw new BadEvent('`ruleParameters` is not text');
  const { ruleId, ...others } = object(json(written, '`ruleParameters`'), '`ruleParameters`');
  if (typeof ruleId !== 'string' || ruleId === '') throw new BadEvent(`\`ruleParameters.ruleId\` is missing; ${next}`);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new BadEvent(`\`ruleParameters.${unknown}\` is unknown; parameters of a rule stand in the \`rules\` section of the definition`);
  return ruleId;
}

function message(fields: Fields): Message {
  const type = text(fields, 'messageType', 'invokingEvent.');
  switch (type) {
    case 'ConfigurationItemChangeNotification': {
      const item = object(fields['configurationItem'], '`invokingEvent.configurationItem`');
      return { kind: 'change', identity: identity(item, 'invokingEvent.configurationItem.'), item };
    }
    case 'OversizedConfigurationItemChangeNotification': {
      const summary = object(fields['configurationItemSummary'], '`invokingEvent.configurationItemSummary`');
      return { kind: 'oversized', identity: identity(summary, 'invokingEvent.configurationItemSummary.') };
    }
    case 'ScheduledNotification':
      return { kind: 'scheduled', time: time(fields, 'notificationCreationTime', 'invokingEvent.') };
    default:
      throw new BadEvent(`\`invokingEvent.messageType\` is \`${type}\`, which no rule of this pack is triggered by; see the rule's \`SourceDetails\``);
  }
}

const identity = (fields: Fields, place: string): Identity => ({
  accountId: text(fields, 'awsAccountId', place),
  resourceType: text(fields, 'resourceType', place),
  resourceId: text(fields, 'resourceId', place),
  status: text(fields, 'configurationItemStatus', place),
  captureTime: time(fields, 'configurationItemCaptureTime', place),
});

function object(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadEvent(`${what} is not an object`);
  return value as Fields;
}

function text(fields: Fields, name: string, place = ''): string {
  const value = fields[name];
  if (typeof value !== 'string' || value === '') throw new BadEvent(`\`${place}${name}\` is missing or not text`);
  return value;
}

function time(fields: Fields, name: string, place: string): Date {
  const written = text(fields, name, place);
  const date = new Date(written);
  if (Number.isNaN(date.getTime())) throw new BadEvent(`\`${place}${name}\` is \`${written}\`, which is not a time`);
  return date;
}

function json(written: string, what: string): unknown {
  try { return JSON.parse(written); } catch { throw new BadEvent(`${what} is not JSON`); }
}
