/** A template of CloudFormation, as far as tests look into it. */
export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}
export interface Template {
  readonly Parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly Rules?: Readonly<Record<string, { readonly Assertions: readonly { readonly Assert: object; readonly AssertDescription: string }[] }>>;
  readonly Conditions: Readonly<Record<string, object>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, object>>;
}

/** Where a stack is put, and with which parameters. */
export interface Stack { readonly partition: string; readonly region: string; readonly account: string; readonly parameters?: Readonly<Record<string, string>> }

const NOTHING = Symbol('AWS::NoValue');
/** How a resource's `Arn` is made of its name. */
const arns: Readonly<Record<string, readonly [service: string, kind: string, name: string]>> = {
  'AWS::Lambda::Function': ['lambda', 'function:', 'FunctionName'], 'AWS::IAM::Role': ['iam', 'role/', 'RoleName'], 'AWS::Events::Rule': ['events', 'rule/', 'Name'],
  'AWS::SNS::Topic': ['sns', '', 'TopicName'], 'AWS::Events::EventBus': ['events', 'event-bus/', 'Name'], 'AWS::S3::Bucket': ['s3', '', 'BucketName'],
};
/** Where `Ref` gives the ARN, not the name. */
const refersByArn: ReadonlySet<string> = new Set(['AWS::SNS::Topic']);

/**
 * The resources that CloudFormation would make, with all functions replaced by what they come to. Throws where CloudFormation would refuse:
 * a name that stands for nothing, a value that a parameter does not take, a rule's assertion that does not hold.
 */
export function deploy(template: Template, stack: Stack): Readonly<Record<string, Resource>> {
  const given = stack.parameters ?? {};
  for (const name of Object.keys(given)) if (template.Parameters[name] === undefined) throw new Error(`there is no parameter \`${name}\``);
  const renderer = new Renderer(template, stack, Object.fromEntries(Object.entries(template.Parameters).map(([name, declared]) => [name, valueOf(name, declared, given[name])])));
  for (const { Assertions } of Object.values(template.Rules ?? {})) for (const { Assert, AssertDescription } of Assertions) if (renderer.render(Assert) !== true) throw new Error(AssertDescription);
  renderer.render(template.Outputs ?? {});
  return Object.fromEntries(Object.entries(template.Resources).filter(([id]) => renderer.isMade(id)).map(([id, { Properties, DependsOn = [], ...more }]) => {
    for (const before of [DependsOn].flat()) if (template.Resources[before] === undefined) throw new Error(`\`${id}\` depends on \`${before}\`, which there is not`);
    return [id, { ...more, DependsOn, Properties: renderer.render(Properties) as Resource['Properties'] }];
  }));
}

function valueOf(name: string, { Default, AllowedValues, AllowedPattern, Type }: Readonly<Record<string, unknown>>, given: string | undefined): unknown {
  const value = given ?? Default;
  if (value === undefined) throw new Error(`the parameter \`${name}\` has no value`);
  if (AllowedValues !== undefined && !(AllowedValues as unknown[]).map(String).includes(String(value))) throw new Error(`the parameter \`${name}\` does not take \`${String(value)}\``);
  if (AllowedPattern !== undefined && !new RegExp(`^(?:${String(AllowedPattern)})$`).test(String(value))) throw new Error(`the parameter \`${name}\` does not take \`${String(value)}\``);
  return Type === 'CommaDelimitedList' ? String(value).split(',') : String(value);
}

class Renderer {
  readonly #template: Template;
  readonly #stack: Stack;
  readonly #parameters: Readonly<Record<string, unknown>>;
  constructor(template: Template, stack: Stack, parameters: Readonly<Record<string, unknown>>) { this.#template = template; this.#stack = stack; this.#parameters = parameters; }

  isMade(id: string): boolean {
    const { Condition } = this.#resource(id);
    return Condition === undefined || this.#holds(Condition);
  }

  render(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.render(one)).filter((one) => one !== NOTHING);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [[name, argument] = ['', undefined]] = entries;
    if (entries.length === 1 && (name === 'Ref' || name === 'Condition' && typeof argument === 'string' || name.startsWith('Fn::'))) return this.#call(name, argument);
    return Object.fromEntries(entries.map(([key, held]) => [key, this.render(held)]).filter(([, held]) => held !== NOTHING));
  }

  #call(name: string, argument: unknown): unknown {
    const all = (): unknown[] => (argument as unknown[]).map((one) => this.render(one));
    switch (name) {
      case 'Ref': return this.#ref(argument as string);
      case 'Condition': return this.#holds(argument as string);
      case 'Fn::If': { const [condition, then, otherwise] = argument as [string, unknown, unknown]; return this.render(this.#holds(condition) ? then : otherwise); }
      case 'Fn::Equals': { const [left, right] = all(); return left === right; }
      case 'Fn::Not': return all()[0] === false;
      case 'Fn::And': return all().every((one) => one === true);
      case 'Fn::Or': return all().some((one) => one === true);
      case 'Fn::Join': { const [by, list] = all() as [string, unknown[]]; return list.join(by); }
      case 'Fn::Split': { const [by, text] = all() as [string, string]; return text.split(by); }
      case 'Fn::GetAtt': { const [id, attribute] = argument as [string, string]; return this.#attribute(id, attribute); }
      case 'Fn::Sub': return String(argument).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, inner: string) => literal === '!' ? `\${${inner}}` : String(this.#named(inner)));
      default: throw new Error(`the function \`${name}\` is not known here`);
    }
  }

  #named(name: string): unknown {
    const dot = name.indexOf('.');
    return dot < 0 ? this.#ref(name) : this.#attribute(name.slice(0, dot), name.slice(dot + 1));
  }

  #ref(name: string): unknown {
    const { partition, region, account } = this.#stack;
    const pseudo: Readonly<Record<string, unknown>> = { 'AWS::Partition': partition, 'AWS::Region': region, 'AWS::AccountId': account, 'AWS::NoValue': NOTHING, 'AWS::StackName': 'stack', 'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com' };
    if (Object.hasOwn(pseudo, name)) return pseudo[name];
    if (Object.hasOwn(this.#parameters, name)) return this.#parameters[name];
    if (refersByArn.has(this.#made(name).Type)) return this.#attribute(name, 'Arn');
    const [, , key] = arns[this.#made(name).Type] ?? [];
    return key === undefined ? name : this.render(this.#made(name).Properties[key]);
  }

  #attribute(id: string, attribute: string): unknown {
    const { Type, Properties } = this.#made(id);
    const known = arns[Type];
    if (Type === 'AWS::KMS::Key' && attribute === 'Arn') return `arn:${this.#stack.partition}:kms:${this.#stack.region}:${this.#stack.account}:key/${id}`;
    if (Type === 'AWS::S3::Bucket' && attribute === 'RegionalDomainName') return `${String(this.render(Properties['BucketName']))}.s3.${this.#stack.region}.amazonaws.com`;
    if (attribute !== 'Arn' || known === undefined) throw new Error(`the attribute \`${id}.${attribute}\` is not known here`);
    const [service, kind, key] = known;
    const { partition, region, account } = this.#stack;
    const name = this.render(Properties[key]);
    if (typeof name !== 'string') throw new Error(`\`${id}\` has no name of its own`);
    return service === 's3' ? `arn:${partition}:s3:::${name}` : `arn:${partition}:${service}:${service === 'iam' ? '' : region}:${account}:${kind}${name}`;
  }

  #made(id: string): Resource {
    if (!this.isMade(id)) throw new Error(`\`${id}\` is referred to and not made`);
    return this.#resource(id);
  }

  #resource(id: string): Resource {
    const found = this.#template.Resources[id];
    if (found === undefined) throw new Error(`\`${id}\` stands for nothing`);
    return found;
  }

  #holds(name: string): boolean {
    const condition = this.#template.Conditions[name];
    if (condition === undefined) throw new Error(`there is no condition \`${name}\``);
    return this.render(condition) === true;
  }
}

/** Parameters and conditions that nothing in the template refers to. */
export function unused({ Parameters, Rules, Conditions, Resources, Outputs }: Template): readonly string[] {
  const text = JSON.stringify({ Rules, Conditions, Resources, Outputs });
  const named = (name: string): boolean => [`{"Ref":"${name}"}`, `\${${name}}`, `"Fn::If":["${name}"`, `"Condition":"${name}"`].some((form) => text.includes(form));
  return [...Object.keys(Parameters), ...Object.keys(Conditions)].filter((name) => !named(name));
}
