// Which events of the store are signals, and how grave. Pure: the failed logins that came before are handed in.
// Titles and details name users, keys and exports by number and code only; what the store wrote beside them is not repeated.

export type StoreEvent = {
  eventId: string;
  kind: string;
  /** User who did it; 0 for nobody. */
  actorUserId: number;
  subjectType: string;
  subjectId: number;
  /** RFC 3339, UTC. */
  occurredAt: string;
  data: Readonly<Record<string, unknown>>;
};

export type SignalDraft = {
  kind: string;
  severity: 'low' | 'medium' | 'high' | 'critical';
  title: string;
  detail: string;
  /** Unique for one matter: the same again is counted up instead of shown twice. */
  dedupe: string;
};

export const BURST_FAILURES = 5;
export const BURST_WINDOW_MS = 10 * 60_000;
/** A login this long after a burst is still suspect. */
export const AFTER_BURST_MS = 60 * 60_000;
/** How far back failed logins of the same user must be handed in. */
export const FAILURES_LOOKBACK_MS = BURST_WINDOW_MS + AFTER_BURST_MS;

type Rule = (event: StoreEvent, failures: readonly string[]) => SignalDraft | null;

const RULES: Readonly<Record<string, Rule>> = {
  'login.failed': judgeFailedLogin,
  'login.succeeded': judgeSucceededLogin,
  'role.changed': judgeRoleChange,
  'user.privileged_created': (event) =>
    once(event, {
      severity: 'high',
      title: `A user with far-reaching rights was created: user ${event.subjectId}`,
      detail: `Created by ${actor(event)}. Make sure that a colleague meant to do this.`,
    }),
  'password.reset': judgePassword,
  'password.changed': judgePassword,
  'plugin.activated': (event) =>
    once(event, {
      severity: 'medium',
      title: `A plugin was activated${named(event, 'plugin')}`,
      detail: `Activated by ${actor(event)}. A plugin can read and change everything in the store.`,
    }),
  'api_key.created': (event) =>
    once(event, {
      severity: 'medium',
      title: `A WooCommerce API key was created: key ${event.subjectId}`,
      detail: `Created by ${actor(event)}. Such a key can read orders and customers from outside.`,
    }),
  'application_password.created': (event) =>
    once(event, {
      severity: 'medium',
      title: `An application password was created for user ${event.subjectId}`,
      detail: `Created by ${actor(event)}. It signs in from outside without the login page.`,
    }),
  'data.exported': judgeExport,
  'plugin.deactivated': judgeDeactivation,
  'events.dropped': (event) =>
    once(event, {
      severity: 'medium',
      title: 'The store dropped events',
      detail:
        'One request caused more events than the plugin writes. Something may be changing accounts or orders in bulk.',
    }),
};

/**
 * The signal an event is, or null when it is an event only (such as `order.created`). `failures`: times of the failed
 * logins of the same user from `FAILURES_LOOKBACK_MS` before to `BURST_WINDOW_MS` after it, its own included; for logins only.
 */
export function judgeStoreEvent(
  event: StoreEvent,
  failures: readonly string[],
): SignalDraft | null {
  const rule = Object.hasOwn(RULES, event.kind) ? RULES[event.kind] : undefined;
  return rule === undefined ? null : rule(event, failures);
}

/** True for the kinds whose judgement needs `failures`. */
export function needsFailures(event: StoreEvent): boolean {
  return isAboutUser(event) && (event.kind === 'login.failed' || event.kind === 'login.succeeded');
}

function judgeFailedLogin(event: StoreEvent, failures: readonly string[]): SignalDraft | null {
  const now = Date.parse(event.occurredAt);
  // On both sides of the event: a row of another connection may arrive after later ones.
  const near = failures
    .map((at) => Date.parse(at))
    .filter((at) => Math.abs(at - now) < BURST_WINDOW_MS);
  if (!isAboutUser(event) || lastBurstEnd(near) === null) return null;
  return {
    kind: 'login.failed_burst',
    severity: 'medium',
    title: `Many failed logins of user ${event.subjectId}`,
    detail: `At least ${BURST_FAILURES} failed logins within ${BURST_WINDOW_MS / 60_000} minutes for an account with far-reaching rights.`,
    // By day, so that a burst that goes on is one signal and the next day's is another.
    dedupe: `login.failed_burst:${event.subjectId}:${event.occurredAt.slice(0, 10)}`,
  };
}

function judgeSucceededLogin(event: StoreEvent, failures: readonly string[]): SignalDraft | null {
  const now = Date.parse(event.occurredAt);
  const before = failures.map((at) => Date.parse(at)).filter((at) => at <= now);
  const burstEnd = lastBurstEnd(before);
  if (!isAboutUser(event) || burstEnd === null || burstEnd < now - AFTER_BURST_MS) return null;
  return once(event, {
    kind: 'login.after_burst',
    severity: 'critical',
    title: `User ${event.subjectId} signed in after many failed logins`,
    detail:
      'A password may have been guessed. Ask the person, end the sessions of the account, and look at what it did since.',
  });
}

/** Only what a user gained: an administrator who also becomes a customer is no news. */
function judgeRoleChange(event: StoreEvent): SignalDraft | null {
  const { data } = event;
  const before = new Set(listOf(data['old_roles']));
  const gained = listOf(data['roles']).filter((role) => !before.has(role));
  const known = Array.isArray(data['roles']);
  if (data['privileged'] !== true || (known && gained.length === 0)) return null;
  return once(event, {
    severity: 'high',
    title: `User ${event.subjectId} was given far-reaching rights`,
    detail: `Changed by ${actor(event)}. Make sure that a colleague meant to do this.`,
  });
}

/** The plugin reports every password it sees change; those of ordinary customers are events only. */
function judgePassword(event: StoreEvent): SignalDraft | null {
  if (event.data['privileged'] === false) return null;
  const isOwn = event.actorUserId === event.subjectId;
  const verb = event.kind === 'password.reset' ? 'reset' : 'changed';
  return once(event, {
    severity: event.kind === 'password.changed' && isOwn ? 'low' : 'medium',
    title: `The password of user ${event.subjectId} was ${verb}`,
    detail: `Done by ${actor(event)}. The account has far-reaching rights.`,
  });
}

/** Other plugins come and go; without this one the store says nothing more. */
function judgeDeactivation(event: StoreEvent): SignalDraft | null {
  const plugin = event.data['plugin'];
  if (typeof plugin !== 'string' || !/(^|\/)tocsin\.php$/.test(plugin)) return null;
  return once(event, {
    severity: 'high',
    title: 'The Tocsin plugin was deactivated',
    detail: `Deactivated by ${actor(event)}. The store reports no events until it is active again; everything else goes on.`,
  });
}

function judgeExport(event: StoreEvent): SignalDraft {
  return once(event, {
    severity: event.data['what'] === 'products' ? 'low' : 'medium',
    title: `Data was exported from the store${named(event, 'report', 'what')}`,
    detail: `Exported by ${actor(event)}. Make sure that the file stayed where it belongs.`,
  });
}

function once(
  event: StoreEvent,
  draft: Omit<SignalDraft, 'dedupe' | 'kind'> & { kind?: string },
): SignalDraft {
  return { kind: event.kind, ...draft, dedupe: event.eventId };
}

/** End of the latest run of `BURST_FAILURES` failures within the window, in milliseconds; null when there was none. */
function lastBurstEnd(failures: readonly number[]): number | null {
  const ordered = [...failures].sort((a, b) => a - b);
  for (let last = ordered.length - 1; last >= BURST_FAILURES - 1; last -= 1) {
    const end = ordered[last];
    const start = ordered[last - BURST_FAILURES + 1];
    if (end !== undefined && start !== undefined && end - start < BURST_WINDOW_MS) return end;
  }
  return null;
}

function isAboutUser(event: StoreEvent): boolean {
  return event.subjectId > 0 && (event.subjectType === 'user' || event.subjectType === '');
}

function actor({ actorUserId }: StoreEvent): string {
  return actorUserId === 0 ? 'nobody signed in' : `user ${actorUserId}`;
}

/** A code the store wrote, such as a plugin's file, when it is short and plain; else nothing. */
function named(event: StoreEvent, ...names: string[]): string {
  for (const name of names) {
    const value = event.data[name];
    if (typeof value === 'string' && /^[A-Za-z0-9_./-]{1,120}$/.test(value)) return `: ${value}`;
  }
  return '';
}

function listOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
