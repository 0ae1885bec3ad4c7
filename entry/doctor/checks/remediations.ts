import type { Check } from '../check.ts';
import { note, warning } from '../finding.ts';

export const remediations: Check = {
  id: 'remediations',
  title: 'Whoever owns a resource can keep automatic remediation away from it',
  run({ settings, definition }) {
    const automatic = Object.entries(settings.remediations).flatMap(([id, mode]) => mode === 'automatic' ? [id] : []);
    const tags = Object.keys(definition.perimeter.exclusionTags.resource);
    return Promise.resolve([
      ...automatic.length > 0 && tags.length === 0 ? [warning(
        `${automatic.join(', ')} start${automatic.length === 1 ? 's' : ''} automatically, and the definition has no exclusion tag by which an owner could keep a resource out`,
        'name a tag under `exclusionTags.resource` of perimeter.yaml, or set the remediation to `manual`',
      )] : [],
      ...settings.plannedRemediationMode === 'Apply' ? [note('`plannedRemediationMode: Apply`: plans that need no approval are applied as soon as somebody starts their remediation in AWS Config')] : [],
    ]);
  },
};
