/** CreateDocument would refuse the runbook, or AWS does not say what it would do with it. */
export class InvalidDocument extends Error {
  override readonly name = 'InvalidDocument';
}
/** StartAutomationExecution would refuse the parameters. */
export class InvalidParameters extends Error {
  override readonly name = 'InvalidParameters';
}
/** An attempt of a step failed. */
export class StepFailed extends Error {
  override readonly name: string = 'StepFailed';
}
export class StepTimedOut extends StepFailed {
  override readonly name = 'StepTimedOut';
}
