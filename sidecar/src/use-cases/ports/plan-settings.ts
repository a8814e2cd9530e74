// How notices are sent and approved, from the configuration; frozen at start.
import type { SendingSettings } from '../../domain/approval/plan.ts';

export type PlanSettings = SendingSettings & {
  /** At least 2. */
  approvalsRequired: number;
  /** Hours after which an open manifest expires. */
  expiryHours: number;
  /** Where approvers go, without a slash at the end: `https://notify.example.com`. */
  consoleOrigin: string;
};
