import type { NewProperty } from '../hubspot/properties.ts';

/** What the company's sales people find out about a lead, as their admin made it: properties, options and bounds. */
export const salesProperties: readonly NewProperty[] = [
  {
    name: 'budget',
    label: 'Budget',
    type: 'number',
    fieldType: 'number',
    validation: {
      allows: { atLeast: 1000, atMost: 10_000_000 },
      error: 'NUMBER_OUT_OF_RANGE',
      message: 'Budget must be between 1,000 and 10,000,000.',
    },
  },
  {
    name: 'timeline',
    label: 'Timeline',
    type: 'enumeration',
    fieldType: 'select',
    options: [
      { value: 'this_quarter', label: 'This quarter' },
      { value: 'this_year', label: 'This year' },
      { value: 'later', label: 'Later' },
    ],
  },
  { name: 'next_review', label: 'Next review', type: 'date', fieldType: 'date' },
  {
    name: 'tools_in_use',
    label: 'Tools in use',
    type: 'enumeration',
    fieldType: 'checkbox',
    options: [
      { value: 'salesforce', label: 'Salesforce' },
      { value: 'pipedrive', label: 'Pipedrive' },
      { value: 'sheets', label: 'Spreadsheets' },
    ],
  },
  { name: 'lost_reason_detail', label: 'Lost reason', type: 'string', fieldType: 'textarea' },
];
