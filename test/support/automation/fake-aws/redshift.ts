import { AwsError, busy, change, found, members, type Service, type Setting } from './service.ts';

export const redshift = (setting: Setting): Service => ({
  DescribeClusters(input) {
    members(input, { ClusterIdentifier: 'text' });
    const { clusters } = setting.state;
    return { Clusters: input.ClusterIdentifier === undefined ? Object.values(clusters) : [found(clusters, input.ClusterIdentifier, 'ClusterNotFound')] };
  },
  ModifyCluster(input) {
    members(input, { ClusterIdentifier: 'text!', PubliclyAccessible: 'flag', ElasticIp: 'text', EnhancedVpcRouting: 'flag' });
    const { ClusterIdentifier, ...set } = input;
    const id = ClusterIdentifier as string;
    const cluster = found(setting.state.clusters, id, 'ClusterNotFound');
    if (cluster.ClusterStatus !== 'available' || busy(setting, 'clusters', id)) throw new AwsError('InvalidClusterState', `\`${id}\` is ${String(cluster.ClusterStatus)}`);
    change(setting, 'clusters', id, setting.lagSeconds, { ClusterStatus: 'modifying', PendingModifiedValues: set });
    change(setting, 'clusters', id, setting.lagSeconds + setting.settleSeconds, { ClusterStatus: 'available', PendingModifiedValues: {}, ...set });
    return { Cluster: cluster };
  },
});

export const redshiftServerless = (setting: Setting): Service => ({
  GetWorkgroup(input) {
    members(input, { workgroupName: 'text!' });
    return { workgroup: found(setting.state.workgroups, input.workgroupName, 'ResourceNotFoundException') };
  },
  ListWorkgroups(input) {
    members(input, { maxResults: 'number', nextToken: 'text' });
    return { workgroups: Object.values(setting.state.workgroups) };
  },
  UpdateWorkgroup(input) {
    members(input, { workgroupName: 'text!', publiclyAccessible: 'flag', enhancedVpcRouting: 'flag', baseCapacity: 'number', maxCapacity: 'number', port: 'number', securityGroupIds: 'texts', subnetIds: 'texts' });
    const { workgroupName, ...set } = input;
    const id = workgroupName as string;
    const workgroup = found(setting.state.workgroups, id, 'ResourceNotFoundException');
    if (Object.keys(set).length !== 1) throw new AwsError('ValidationException', 'a request changes one setting');
    if (workgroup.status !== 'AVAILABLE' || busy(setting, 'workgroups', id)) throw new AwsError('ConflictException', `\`${id}\` is ${String(workgroup.status)}`);
    change(setting, 'workgroups', id, setting.lagSeconds, { status: 'MODIFYING' });
    change(setting, 'workgroups', id, setting.lagSeconds + setting.settleSeconds, { status: 'AVAILABLE', ...set });
    return { workgroup };
  },
});
