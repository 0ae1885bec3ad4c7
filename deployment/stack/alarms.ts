import { PREFIX } from '../names.ts';

/** Metrics of a function that tell that its work was not done. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
type Metric = 'Errors' | 'Throttles';

/** An alarm for each metric, at its first count in five minutes; `id` is that of the function, and `consequence` ends a sentence. */
export const alarms = (id: string, stem: string, metrics: readonly Metric[], consequence: string): Readonly<Record<string, object>> => Object.fromEntries(metrics.map((metric) => [`${id}${metric}`, {
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmName: `${PREFIX}${stem}-${metric.toLowerCase()}`, AlarmDescription: `${metric} of ${PREFIX}${stem}: ${consequence}.`,
    Namespace: 'AWS/Lambda', MetricName: metric, Dimensions: [{ Name: 'FunctionName', Value: { Ref: `${id}Function` } }],
    Statistic: 'Sum', Period: 300, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching',
  },
}]));
