import { PREFIX } from '../names.ts';

/** Metrics of a function that tell that its work was not done. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
type Metric = 'Errors' | 'Throttles';

/** An alarm at the first count within a period, unless `more` says otherwise; where nothing is measured nothing was wrong. */
export const alarm = (named: object, more: object = {}): object => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { ...named, Statistic: 'Sum', Period: 300, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching', ...more },
});

/** An alarm for each metric, at its first count in five minutes; `id` is that of the function, and `consequence` ends a sentence. */
export const alarms = (id: string, stem: string, metrics: readonly Metric[], consequence: string): Readonly<Record<string, object>> => Object.fromEntries(metrics.map((metric) => [`${id}${metric}`, alarm({
  AlarmName: `${PREFIX}${stem}-${metric.toLowerCase()}`, AlarmDescription: `${metric} of ${PREFIX}${stem}: ${consequence}.`,
  Namespace: 'AWS/Lambda', MetricName: metric, Dimensions: [{ Name: 'FunctionName', Value: { Ref: `${id}Function` } }],
})]));
