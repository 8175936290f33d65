import { testRun } from './support/test-run.ts';

export default testRun({ include: ['test/**/*.test.ts'], exclude: ['test/long/**'], workers: 2 });
