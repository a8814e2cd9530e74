// Brings a bare machine to the point where `npm run demo` and `npm test` can start: system
// packages, node_modules, WordPress. Plain JavaScript without dependencies, because it runs before
// node_modules exists and under any Node from 20 on. Running it again changes nothing and takes
// about a second; a run that was killed half-way is repaired by the next one.
import { makeLog } from './prepare/log.mjs';
import { runSteps } from './prepare/run-steps.mjs';
import { ensureSystemPackages } from './prepare/system-packages.mjs';
import { ensureNodeModules } from './prepare/node-modules.mjs';
import { ensureWordpress } from './prepare/wordpress-files.mjs';

await runSteps(makeLog('prepare'), [
  { name: 'system packages', run: ensureSystemPackages },
  { name: 'node modules', run: ensureNodeModules },
  { name: 'wordpress', run: ensureWordpress },
]);
