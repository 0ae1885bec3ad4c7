import { none, policy } from './role-resource.ts';

/** The definition is one object or one parameter, by the condition `DefinitionIsParameter`: what a function is told of it, */
export const definitionVariable = { PERIMETER_DEFINITION: { 'Fn::If': ['DefinitionIsParameter', { 'Fn::Sub': 'ssm:${DefinitionParameter}' }, { 'Fn::Sub': 's3://${DefinitionBucket}/${DefinitionKey}' }] } };
/** and the policy by which it may read just that. */
export const readDefinition = {
  'Fn::If': [
    'DefinitionIsParameter',
    policy('definition', [{ Sid: 'ReadDefinition', Effect: 'Allow', Action: ['ssm:GetParameter'], Resource: ['arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${DefinitionParameter}'] }]),
    {
      PolicyName: 'definition',
      PolicyDocument: { Version: '2012-10-17', Statement: [{
        Sid: 'ReadDefinition', Effect: 'Allow', Action: ['s3:GetObject'], Resource: [{ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${DefinitionBucket}/${DefinitionKey}' }],
        // Names of buckets are of all accounts: whoever takes one that was deleted must not say what is mine.
        Condition: { 'Fn::If': ['HasAdministrator', { StringEquals: { 'aws:ResourceAccount': { Ref: 'AdministratorAccount' } } }, none] },
      }] },
    },
  ],
};
