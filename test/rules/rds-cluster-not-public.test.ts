import { rdsClusterNotPublic } from '../../rules/rds-cluster-not-public.ts';
import { dbCluster } from '../support/items.ts';
import { testRule } from '../support/test-rule.ts';

const noSetting = 'the cluster has no public access setting: its instances carry it, as on Aurora, and `rds-instance-not-public` judges them';

testRule(rdsClusterNotPublic, {
  compliant: {
    'a private Multi-AZ cluster': { item: dbCluster() },
  },
  nonCompliant: {
    'a public Multi-AZ cluster': {
      item: dbCluster({ publiclyAccessible: true }),
      findings: [{
        at: '/publiclyAccessible',
        message: 'anyone on the internet whom its security groups let in can connect to this database cluster: it has a public address',
        severity: 'high',
      }],
    },
  },
  undecided: {
    'a flag that is no flag': {
      item: dbCluster({ publiclyAccessible: 1 }),
      because: 'AWS::RDS::DBCluster ledger: `publiclyAccessible` is not true or false',
    },
  },
  notApplicable: {
    'an Aurora cluster, which lacks the flag': { item: dbCluster({ engine: 'aurora-postgresql', publiclyAccessible: undefined }), because: noSetting },
    'an Aurora cluster whose flag is null': { item: dbCluster({ engine: 'aurora-mysql', publiclyAccessible: null }), because: noSetting },
  },
});
