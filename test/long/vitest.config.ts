import { testRun } from '../support/test-run.ts';

/** What takes minutes: several processes at once, killed again and again, and thousands of leads. */
export default testRun({ include: ['test/long/**/*.test.ts'], exclude: [], workers: 1 });
