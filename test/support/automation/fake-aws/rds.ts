import { AwsError, busy, change, filters, found, members, type Service, type Setting } from './service.ts';

/** The states in which an instance takes a change. */
const ready = ['available', 'storage-optimization'];

export const rds = (setting: Setting): Service => ({
  DescribeDBInstances(input) {
    members(input, { DBInstanceIdentifier: 'text', Filters: 'list' });
    const all = Object.values(setting.state.dbInstances);
    if (input.DBInstanceIdentifier !== undefined) return { DBInstances: [found(setting.state.dbInstances, input.DBInstanceIdentifier, 'DBInstanceNotFound')] };
    const names = { 'dbi-resource-id': 'DbiResourceId', 'db-instance-id': 'DBInstanceIdentifier' };
    const wanted = filters(input.Filters, Object.keys(names));
    return { DBInstances: all.filter((one) => wanted.every(([name, values]) => values.includes(String(one[names[name as keyof typeof names]])))) };
  },
  ModifyDBInstance(input) {
    members(input, { DBInstanceIdentifier: 'text!', PubliclyAccessible: 'flag', ApplyImmediately: 'flag' });
    const id = input.DBInstanceIdentifier as string;
    const instance = found(setting.state.dbInstances, id, 'DBInstanceNotFound');
    if (!ready.includes(String(instance.DBInstanceStatus)) || busy(setting, 'dbInstances', id)) throw new AwsError('InvalidDBInstanceState', `\`${id}\` is ${String(instance.DBInstanceStatus)}`);
    const { lagSeconds, settleSeconds } = setting;
    // `ApplyImmediately` brings forward everything that waits for the maintenance window, which is why no runbook should say it.
    const flushed = input.ApplyImmediately === true ? { ...instance.PendingModifiedValues as object, PendingModifiedValues: {} } : {};
    change(setting, 'dbInstances', id, lagSeconds, { DBInstanceStatus: 'modifying' });
    change(setting, 'dbInstances', id, lagSeconds + settleSeconds, { DBInstanceStatus: 'available', ...flushed, ...input.PubliclyAccessible === undefined ? {} : { PubliclyAccessible: input.PubliclyAccessible } });
    return { DBInstance: instance };
  },
});
