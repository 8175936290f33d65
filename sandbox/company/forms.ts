import type { Form, FormField } from '../hubspot/forms.ts';
import type { NewProperty } from '../hubspot/properties.ts';
import type { HubSpotServer } from '../hubspot/server.ts';

/** How many people plan, as the website asks. */
const planners = [
  { value: '1_5', label: '1 to 5' },
  { value: '6_20', label: '6 to 20' },
  { value: 'more', label: 'More than 20' },
];

/** What the website asks for besides HubSpot's own properties. */
export const formProperties: readonly NewProperty[] = [
  { name: 'planners', label: 'Planners', type: 'enumeration', fieldType: 'select', options: planners },
];

const whoTheyAre: readonly FormField[] = [
  { name: 'firstname', label: 'First name', fieldType: 'single_line_text' },
  { name: 'lastname', label: 'Last name', fieldType: 'single_line_text' },
  { name: 'email', label: 'Work email', fieldType: 'email' },
];

/** What the forms ask for whose senders want to talk to somebody, by their titles. */
const questions: Readonly<Record<string, readonly FormField[]>> = {
  'Demo request': [
    { name: 'planners', label: 'How many people plan?', fieldType: 'dropdown', options: planners },
    { name: 'message', label: 'What would you like to see?', fieldType: 'multi_line_text' },
  ],
  'Contact sales': [{ name: 'message', label: 'How can we help?', fieldType: 'multi_line_text' }],
};

/** The form of this title on the website, which is made when somebody sends it in for the first time. */
export function formOf({ forms }: HubSpotServer, title: string): Form {
  return (
    forms.named(title) ?? forms.create({ name: title, fields: [...whoTheyAre, ...(questions[title] ?? [])] })
  );
}
