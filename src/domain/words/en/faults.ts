/** What is wrong with what was typed into a form. */
export const faults = {
  fromList: 'Choose from the list.',
  tooLong:
    'This note has {$length :number} characters. Write {$most :number} at most; the rest belongs in HubSpot itself.',
  noDay: 'Choose a day of the calendar.',
  tooEarly: 'Choose {$day} or later.',
  noTime: 'Choose a time.',
  noNumber: 'Write a number, such as 12.5.',
  noWholeNumber: 'Write a whole number, such as 12.',
  atLeastOne: 'Choose at least one.',
  aDay: 'Choose a day.',
  aNumber: 'Write a number.',
  oneMore: 'One more question: please answer this as well.',
  wanted: 'HubSpot wants this as well.',
  hubspotSays: 'HubSpot: {$why}',
  notTaken: 'HubSpot does not take this.',
  chooseOne: 'Choose one.',
  writeSomething: 'Write something here.',
} as const;
