/** Mails to people of ours. Times are written where the reader works. */
export const mail = {
  acceptSubject: 'Waiting for your answer: {$lead}',
  acceptLateSubject: 'Still waiting for an answer: {$lead}',
  touchSubject: 'Reach out: {$lead}',
  touchLateSubject: 'Nobody has reached out: {$lead}',
  accept: '{$lead} waits for an answer from {$rep}, due {$due}.',
  acceptLate: '{$lead} waits for an answer from {$rep}, which was due {$due}.',
  touch: '{$rep} accepted {$lead} and has to reach out by {$due}.',
  touchLate: '{$rep} accepted {$lead}, but nobody has reached out. That was due {$due}.',
  why: 'Why now: {$trigger}.',
  todo: 'Answer on the card in {$chat}.',
  open: 'Open in HubSpot',
  foot: 'Sent by the lead handoff bot because the lead waits. Answers to this mail are not read.',
} as const;
