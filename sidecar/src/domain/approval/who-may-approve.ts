// Who may approve a manifest: an enrolled person who did not prepare it and has not approved it, while it is open.
// People are compared by subject, so a second approver record or a WordPress account does not make a second person.

export type ApprovalRefusal =
  | 'approval.not_enrolled'
  | 'approval.manifest_not_open'
  | 'approval.expired'
  | 'approval.preparer_cannot_approve'
  | 'approval.already_approved'
  | 'approval.same_person';

export type ApprovalQuestion = {
  manifest: {
    /** As in the ledger: open, approved, void, withdrawn, expired. */
    state: string;
    expiresAt: string;
    /** Subjects of everybody who shaped people, text or plan. */
    preparers: readonly string[];
    approvals: readonly { approverId: string; subject: string }[];
  };
  approver: { id: string; subject: string; state: string };
  now: Date;
};

/** The reason why this approver may not approve this manifest now, or null when they may. */
export function whyMayNotApprove(question: ApprovalQuestion): ApprovalRefusal | null {
  const { manifest, approver, now } = question;
  if (approver.state !== 'enrolled') return 'approval.not_enrolled';
  if (manifest.approvals.some((approval) => approval.approverId === approver.id)) {
    return 'approval.already_approved';
  }
  if (isExpired(manifest, now)) return 'approval.expired';
  if (manifest.state !== 'open') return 'approval.manifest_not_open';
  if (manifest.preparers.includes(approver.subject)) return 'approval.preparer_cannot_approve';
  if (manifest.approvals.some((approval) => approval.subject === approver.subject)) {
    return 'approval.same_person';
  }
  return null;
}

/** An open manifest ends at its hour, whether or not the sweeper has been by. */
export function isExpired(manifest: { state: string; expiresAt: string }, now: Date): boolean {
  const isOver = Date.parse(manifest.expiresAt) <= now.getTime();
  return manifest.state === 'expired' || (manifest.state === 'open' && isOver);
}
