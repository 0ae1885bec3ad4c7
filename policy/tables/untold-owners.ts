/**
 * Actions whose requests do not tell who owns the resource, by the prefix of their service; `*`: all of it. As of 2026-11. Source: the availability of
 * aws:ResourceAccount and aws:ResourceOrgID in https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const untold = new Map(Object.entries({
  auditmanager: 'UpdateAssessmentFrameworkShare', detective: 'AcceptInvitation', ds: 'AcceptSharedDirectory', ebs: '*', es: 'AcceptInboundConnection', events: 'PutEvents', guardduty: 'AcceptAdministratorInvitation',
  macie2: 'AcceptInvitation', securityhub: 'AcceptAdministratorInvitation', workspaces: 'CopyWorkspaceImage DescribeWorkspaceImages',
  ec2: 'AcceptTransitGatewayPeeringAttachment AcceptVpcEndpointConnections AcceptVpcPeeringConnection CopyFpgaImage CopyImage CopySnapshot CreateTransitGatewayPeeringAttachment CreateVolume CreateVpcEndpoint '
    + 'CreateVpcPeeringConnection DeleteTransitGatewayPeeringAttachment DeleteVpcPeeringConnection RejectTransitGatewayPeeringAttachment RejectVpcEndpointConnections RejectVpcPeeringConnection',
  route53: 'AssociateVPCWithHostedZone CreateVPCAssociationAuthorization DeleteVPCAssociationAuthorization DisassociateVPCFromHostedZone ListHostedZonesByVPC',
}).map(([prefix, names]) => [prefix, names.split(' ')] as const));
const NONE: readonly string[] = [];

/** The prefixes of services that have such actions. */
export const untoldServices: readonly string[] = [...untold.keys()];
/** The names of such actions of a service; `*` for all, none where it tells the owner always. */
export const untoldActions = (prefix: string): readonly string[] => untold.get(prefix) ?? NONE;
/** The keys that such requests may lack. */
export const untoldKeys: ReadonlySet<string> = new Set(['aws:resourceaccount', 'aws:resourceorgid', 'aws:resourceorgpaths']);
