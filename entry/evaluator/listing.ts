import type { ConfigurationItem } from '../../items/configuration-item.ts';

/** A workgroup as ListWorkgroups answers it. */
export interface Workgroup { readonly workgroupArn?: string | undefined; readonly workgroupName?: string | undefined; readonly publiclyAccessible?: boolean | undefined }

export interface ListingPorts {
  readonly listWorkgroups: (nextToken: string | undefined) => Promise<{ readonly workgroups?: readonly Workgroup[] | undefined; readonly nextToken?: string | undefined }>;
}

interface Where { readonly accountId: string; readonly region: string; readonly time: Date }

/** Resources of a type that Config does not record, as items; their id is what the service's API takes. */
export async function listResources(type: string, where: Where, ports: ListingPorts): Promise<readonly ConfigurationItem[]> {
  const lister = listers[type];
  if (lister === undefined) throw new Error(`resources of type \`${type}\` cannot be listed`);
  return lister(where, ports);
}

const listers: Readonly<Record<string, (where: Where, ports: ListingPorts) => Promise<readonly ConfigurationItem[]>>> = {
  async 'AWS::RedshiftServerless::Workgroup'({ accountId, region, time }, { listWorkgroups }) {
    const items: ConfigurationItem[] = [];
    let token: string | undefined;
    do {
      const { workgroups = [], nextToken } = await listWorkgroups(token);
      for (const workgroup of workgroups) {
        const { workgroupName, workgroupArn } = workgroup;
        if (workgroupName === undefined || workgroupArn === undefined) throw new Error('`redshift-serverless:ListWorkgroups` answers with a workgroup without name or ARN');
        items.push({
          accountId, region, resourceType: 'AWS::RedshiftServerless::Workgroup', resourceId: workgroupName, resourceName: workgroupName, arn: workgroupArn,
          status: 'OK', captureTime: time.toISOString(), tags: {}, availabilityZone: undefined, configuration: { ...workgroup }, supplementaryConfiguration: {},
        });
      }
      token = nextToken;
    } while (token !== undefined && token !== '');
    return items;
  },
};
