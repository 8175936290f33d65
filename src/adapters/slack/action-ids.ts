/** The `action_id` of each button; cards posted long ago still send them. */
export const actionIds = {
  command: (command: string) => `handoff.${command}`,
  form: (form: string) => `handoff.form.${form}`,
  link: 'handoff.open',
  /** With the person behind the handoff: `<handoff> <person>`. */
  giveTo: 'handoff.giveTo',
  /** With the words behind the handoff. */
  ask: 'handoff.ask',
  /** What is chosen from a menu says itself what it is: `<handoff> <action_id>`, and what the action has behind it. */
  menu: 'handoff.menu',
  /** Outside of cards each has a number behind it. */
  say: 'handoff.say',
  act: (command: string) => `handoff.act.${command}`,
};
