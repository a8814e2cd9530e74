// The live count beside the scope form: quick results at once, slow ones by asking again.
import type { Preview, Scope } from '../contract/scope.ts';
import { checkScope } from '../domain/audience/check-scope.ts';
import type { PreviewRegistry } from './preview-registry.ts';

/** How long a request waits for a result before it answers `counting`, in milliseconds. */
const QUICK_MS = 1_500;

/** Throws `scope.empty`, `scope.window_backwards`, `preview.too_many`; what fails later stands in the preview's `problem`. */
export async function countPreview(
  deps: { previews: PreviewRegistry },
  scope: Scope,
  waitMs = QUICK_MS,
): Promise<Preview> {
  checkScope(scope);
  const { id } = deps.previews.start(scope);
  return deps.previews.settled(id, waitMs);
}

/** Throws `preview.not_found`. */
export function readPreview(deps: { previews: PreviewRegistry }, id: string): Preview {
  return deps.previews.read(id);
}
