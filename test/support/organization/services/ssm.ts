import { now, page } from '../state.ts';
import type { Context, Handlers } from '../context.ts';
import { standing } from '../stacks/content.ts';
import { AwsError } from '../wire/error.ts';
import type { Fields } from '../wire/decode.ts';

const keyOf = ({ account, region }: Context, name: unknown): string => `${account}/${region}${String(name)}`;
const notFound = (): AwsError => new AwsError('ParameterNotFound', '');

/** Systems Manager: parameters, and the account's own documents. Standard ones hold 4 KB, advanced ones 8 KB. https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
export const ssm: Handlers = {
  ListDocuments(input, context) {
    const own = standing(context.state, 'AWS::SSM::Document', context.account, context.region).map(({ physicalId }) => ({ Name: physicalId, Owner: context.account, DocumentType: 'Automation', DocumentFormat: 'JSON' }));
    const { items, next } = page(own, input['NextToken'], Number(input['MaxResults'] ?? 10));
    return { DocumentIdentifiers: items, ...next };
  },
  GetParameter(input, context) {
    const name = String(input['Name']);
    const held = context.state.parameters.get(keyOf(context, name));
    const stacked = standing(context.state, 'AWS::SSM::Parameter', context.account, context.region).find(({ physicalId }) => physicalId === name)?.properties();
    if (held === undefined && stacked === undefined) throw notFound();
    const { value, type, version, modified } = held ?? { value: String(stacked!['Value']), type: String(stacked!['Type']), version: 1, modified: now() };
    return { Parameter: { Name: name, Type: type, Value: value, Version: version, LastModifiedDate: modified, ARN: `arn:${context.state.partition}:ssm:${context.region}:${context.account}:parameter${name}`, DataType: 'text' } };
  },
  PutParameter(input, context) {
    const key = keyOf(context, input['Name']);
    const known = context.state.parameters.get(key);
    if (known !== undefined && input['Overwrite'] !== true) throw new AwsError('ParameterAlreadyExists', 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.');
    if (known === undefined && input['Type'] === undefined) throw new AwsError('ValidationException', 'A parameter type is required when you create a parameter.');
    const tier = String(input['Tier'] ?? known?.tier ?? 'Standard');
    const size = Buffer.byteLength(String(input['Value']));
    const wanted = tier === 'Intelligent-Tiering' ? (size > 4096 ? 'Advanced' : 'Standard') : tier;
    if (known?.tier === 'Advanced' && wanted === 'Standard' && input['Tier'] === 'Standard') throw new AwsError('ValidationException', "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier.");
    if (size > (wanted === 'Advanced' ? 8192 : 4096)) throw new AwsError('ValidationException', wanted === 'Advanced' ? 'Advanced tier parameters support a maximum parameter value of 8192 characters.' : 'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.');
    const version = (known?.version ?? 0) + 1;
    context.state.parameters.set(key, { value: String(input['Value']), type: String(input['Type'] ?? known?.type), tier: wanted, version, modified: now() });
    return { Version: version, Tier: wanted };
  },
  DeleteParameter(input, context): Fields {
    if (!context.state.parameters.delete(keyOf(context, input['Name']))) throw notFound();
    return {};
  },
};
