// The incident page in one request: everything from "what happened" to "proof", and the one next step.
import { z } from 'zod';
import { Audience } from './audience.ts';
import { Dispatch } from './dispatch.ts';
import { Incident } from './incident.ts';
import { Manifest } from './manifest.ts';
import { Notice } from './notice.ts';
import { SavedScope } from './scope.ts';
import { Signal } from './signal.ts';

export const NextStep = z.enum([
  'confirm',
  'set_scope',
  'freeze_audience',
  'wait_for_audience',
  'set_notice',
  'request_approval',
  'wait_for_approval',
  'watch_sending',
  'resolve_unknown',
  'close',
  'none',
]);
export type NextStep = z.infer<typeof NextStep>;

export const IncidentPage = z.object({
  incident: Incident,
  signals: z.array(Signal),
  scope: SavedScope.nullable(),
  audience: Audience.nullable(),
  /** True when the scope was changed after the audience was frozen. */
  audience_is_stale: z.boolean(),
  notice: Notice.nullable(),
  manifest: Manifest.nullable(),
  dispatch: Dispatch.nullable(),
  next_step: NextStep,
  /** What must be true before approval can be asked for. */
  checklist: z.array(z.object({ code: z.string(), done: z.boolean() })),
});
export type IncidentPage = z.infer<typeof IncidentPage>;
