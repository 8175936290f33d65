import { choice, note } from '../../src/domain/card/fields.ts';
import type { Form } from '../../src/domain/card/form.ts';

const kinds = { call: 'Call', email: 'Email', meeting: 'Meeting', message: 'Message', other: 'Other' };
const outcomes = {
  connected: 'Connected',
  noAnswer: 'No answer',
  leftMessage: 'Left a message',
  sent: 'Sent',
  booked: 'Meeting booked',
};

function optionsOf(labels: Readonly<Record<string, string>>) {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}

/** A form with a choice that has begun, one that has not, and room for words. */
export function touchForm(): Form {
  return {
    name: 'logTouch',
    language: 'en',
    title: 'Log a Touch',
    submit: 'Log Touch',
    fields: [
      choice('kind', 'What did you do?', optionsOf(kinds), 'call'),
      choice('outcome', 'How did it go?', optionsOf(outcomes)),
      note('Worth knowing next time'),
    ],
  };
}
