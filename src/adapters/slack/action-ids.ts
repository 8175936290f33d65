/** The `action_id` of each button; cards posted long ago still send them. */
export const actionIds = {
  command: (command: string) => `handoff.${command}`,
  form: (form: string) => `handoff.form.${form}`,
  link: 'handoff.open',
  /** What is chosen from a menu says itself what it is: `<handoff> <action_id>`. */
  menu: 'handoff.menu',
  /** Outside of cards each has a number behind it. */
  say: 'handoff.say',
  act: (command: string) => `handoff.act.${command}`,
};
