import { expect, test } from 'vitest';
import { ErrorAnswer } from '../../../src/adapters/hubspot/error-answer.ts';

const answer = (body: object) => new ErrorAnswer(400, {}, JSON.stringify(body));

test('a property that is demanded because of another is read with that one', () => {
  const { category, refused } = answer({
    category: 'VALIDATION_ERROR',
    errors: [
      {
        code: 'MISSING_CONDITIONAL_REQUIRED_PROPERTY',
        message: 'region is required because of a conditional property rule based on [country]',
        context: { propertyName: ['region'] },
      },
      {
        code: 'MISSING_REQUIRED_PROPERTY',
        message: 'A value for x must be provided',
        context: { propertyName: ['x'] },
      },
    ],
  });
  expect(category).toBe('VALIDATION_ERROR');
  expect(refused).toEqual([
    { name: 'region', code: 'MISSING_CONDITIONAL_REQUIRED_PROPERTY', because: 'country' },
    { name: 'x', code: 'MISSING_REQUIRED_PROPERTY', because: null },
  ]);
});

test.each([
  ['a context in words', [{ message: 'No', context: '{missingScopes=[scope1]}' }]],
  ['errors that are none', 'none'],
  ['an error that is none', [7]],
])('%s costs nothing else that the answer says', (_, errors) => {
  expect(answer({ category: 'MISSING_SCOPES', policyName: 'DAILY', errors })).toMatchObject({
    category: 'MISSING_SCOPES',
    policyName: 'DAILY',
    refused: [],
  });
});
