import { expect, test } from 'vitest';
import { observationLog, openLog } from '../../src/app/log.ts';
import type { Observation } from '../../src/flow/ports/observe.ts';

test('the first signature of each kind is told, so that it is seen when HubSpot signs otherwise', () => {
  const lines: string[] = [];
  const observe = observationLog(openLog({ logLevel: 'info' }, { write: (line) => lines.push(line) }));
  const signed = (version: Extract<Observation, { what: 'signed' }>['version'], accepted: boolean) => {
    for (let times = 0; times < 3; times += 1) observe({ what: 'signed', version, accepted });
  };
  signed('v3', true);
  signed('v1', false);
  signed('v1', true);
  signed('v3', true);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { msg: 'signed', version: 'v3', accepted: true },
    { msg: 'signed', version: 'v1', accepted: false },
    { msg: 'signed', version: 'v1', accepted: true },
  ]);
});
