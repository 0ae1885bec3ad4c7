/**
 * The tables and a share of the seeded properties as one file, so that the engine is loaded once for all of them: mutants are run on
 * it. What fails most often stands first, for the first failure ends a run.
 */
import fc from 'fast-check';
import './cases.test.ts';
import './decide.test.ts';
import './values.test.ts';
import './pattern.test.ts';
import './parse.test.ts';
import './duplicate-keys.test.ts';
import './ask.test.ts';
import './answers.test.ts';
import './deputies.test.ts';
import './kept.test.ts';
import './planes.test.ts';
import './compare.test.ts';
import './denied.test.ts';
import './classes.test.ts';
import './formula.test.ts';
import './misuse.test.ts';
import './search/addresses.test.ts';
import './search/reachable.test.ts';
import './search/relaxed.test.ts';
import './search/chains.test.ts';
import './search/filling.test.ts';
import './search/keys.test.ts';
import './search/kinds.test.ts';
import './search/languages.test.ts';
import './search/variables.test.ts';
import './search/search.test.ts';
import './search/solver.test.ts';
import './search/texts.test.ts';
import './world/hopeless.test.ts';
import './world/owners.test.ts';
import './world/pieces.test.ts';
import './world/profile.test.ts';
import './world/providers.test.ts';
import './accounts-apart.test.ts';
import './perimeter.test.ts';
import './world/accounts.test.ts';
import './world/alike.test.ts';
import './world/callers.test.ts';
import './world/everyone.test.ts';
import './world/members.test.ts';
import './world/remembered.test.ts';
import './world/targets.test.ts';
import './world/world.test.ts';
import './laws.test.ts';
import './small-world.test.ts';

fc.configureGlobal({ endOnFailure: true });
