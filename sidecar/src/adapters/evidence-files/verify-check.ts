/** One line of a verification report. */
import { EvidenceError } from '../../domain/evidence/errors.ts';

export interface VerifyCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly sentence: string;
  /** The entry at which a problem shows. */
  readonly seq?: number;
}

/** A check that is good with the sentence `act` gives, or bad with the coded error it throws. */
export async function attemptCheck(name: string, act: () => Promise<string>): Promise<VerifyCheck> {
  try {
    return { name, ok: true, sentence: await act() };
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error;
    return { name, ok: false, sentence: error.message };
  }
}
